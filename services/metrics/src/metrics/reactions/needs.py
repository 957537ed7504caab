"""Needs that an officer has found to be there."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard

from metrics.domain.projections import Kind
from metrics.reactions.moving import happened


class NeedConfirmed(Heard):
    """What is read of a confirmed need."""

    need: str


class NeedOverridden(Heard):
    """What is read of an overridden need: the one that the officer found in its stead."""

    replaced_by: str | None = None


async def count_confirmed(tx: Transaction, said: NeedConfirmed, event: Event) -> None:
    """Count the need."""
    await happened(tx, Kind.NEEDS_CONFIRMED, event, said.need)


async def count_replacing(tx: Transaction, said: NeedOverridden, event: Event) -> None:
    """Count the need that replaces a suggested one; where none does, there is nothing to count."""
    if said.replaced_by is not None:
        await happened(tx, Kind.NEEDS_CONFIRMED, event, said.replaced_by)
