"""Offerings: how many seats are declared. Taking them is this service's own."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from referrals.domain.seats import Seats


class OfferingHeard(Heard):
    """What is read of an offering."""

    code: str
    organisation: str
    capacity: int


async def keep_offering(tx: Transaction, said: OfferingHeard, event: Event) -> None:
    """Open the offering's ledger, or write the newest declaration into it.

    The declaration is another's truth: it changes no revision, only what may be taken from now on.
    """
    row = insert(Seats).values(
        offering=said.code,
        organisation=said.organisation,
        taken=0,
        maximum=said.capacity,
        declaration=event.sequence,
        revision=0,
    )
    newer = row.on_conflict_do_update(
        index_elements=[Seats.offering],
        set_={"maximum": row.excluded.maximum, "declaration": row.excluded.declaration},
        where=Seats.declaration < row.excluded.declaration,
    )
    await tx.execute(newer)
