"""Who waits in the line of an offering."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard

from metrics.domain.projections import Kind
from metrics.reactions.moving import stands


class Waited(Heard):
    """What is read of a referral that may wait."""

    offering: str | None = None


async def waits(tx: Transaction, said: Waited, event: Event) -> None:
    """Note that one more waits."""
    if said.offering is not None:
        await stands(tx, Kind.WAITING, event, said.offering, 1)


async def waits_no_more(tx: Transaction, said: Waited, event: Event) -> None:
    """Note that it waits no more, if it did."""
    if said.offering is not None:
        await stands(tx, Kind.WAITING, event, said.offering, 0)
