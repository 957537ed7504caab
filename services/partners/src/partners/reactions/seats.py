"""Seats: how many of an offering's are taken or held. They are counted in referrals."""

from kit import clock
from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from partners.domain.copies import SeatsCopy, SeatsTakenCopy


class SeatsHeard(Heard):
    """What is read of an offering's ledger."""

    offering: str
    taken: int
    held: int = 0  # older facts know of none


async def keep_seats(tx: Transaction, said: SeatsHeard, event: Event) -> None:
    """Keep the newest count, and of when it is."""
    row = insert(SeatsCopy).values(
        offering=said.offering,
        revision=event.sequence,
        taken=said.taken,
        held=said.held,
        as_of=event.time,
    )
    newer = row.on_conflict_do_update(
        index_elements=[SeatsCopy.offering],
        set_={name: row.excluded[name] for name in ("revision", "taken", "held", "as_of")},
        where=SeatsCopy.revision < row.excluded.revision,
    )
    await tx.execute(newer)


async def count_taken(tx: Transaction, said: SeatsHeard, event: Event) -> None:
    """Keep the newest count, and add the seat that was taken to its month's."""
    await keep_seats(tx, said, event)
    month = f"{clock.day_of(event.time):%Y-%m}"
    row = insert(SeatsTakenCopy).values(offering=said.offering, month=month, taken=1)
    more = row.on_conflict_do_update(
        index_elements=[SeatsTakenCopy.offering, SeatsTakenCopy.month],
        set_={"taken": SeatsTakenCopy.taken + 1},
    )
    await tx.execute(more)
