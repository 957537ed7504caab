"""Hold a seat for a promise that was made outside, and let go of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kit import clock, ids
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing

from referrals.commands.keep_time import end_hold
from referrals.commands.seating import seats_of
from referrals.domain.errors import NoTimeToHold
from referrals.domain.hold import Hold
from referrals.domain.seats import Seats

LONGEST: Final = timedelta(days=30)


@dataclass(frozen=True)
class HoldSeat:
    """For whom it is held stands nowhere: the provider knows."""

    offering: str
    organisation: str
    officer: str
    expires_at: datetime


async def hold_seat(tx: Transaction, command: HoldSeat) -> Hold:
    """Hold one seat. Raises `Missing` for others' offerings, `NoTimeToHold`, `NoSeat`."""
    seats = await own_seats(tx, command.offering, command.organisation)
    now = clock.now()
    if not now < command.expires_at <= now + LONGEST:
        raise NoTimeToHold(pointer="/body/expires_at")
    hold = Hold(
        id=ids.new_id(),
        offering=command.offering,
        officer=command.officer,
        made_at=now,
        expires_at=command.expires_at,
    )
    tx.add(hold)
    await publish(tx, seats, seats.hold())
    return hold


async def release_hold(tx: Transaction, offering: str, organisation: str, hold_id: UUID) -> Hold:
    """Let go of a held seat; one that ended already stays as it is. Raises `Missing`."""
    await own_seats(tx, offering, organisation)
    hold = await tx.get(Hold, hold_id)
    if hold is None or hold.offering != offering:
        raise Missing
    await end_hold(tx, hold_id, offering, clock.now())
    await tx.refresh(hold)
    return hold


async def own_seats(tx: Transaction, offering: str, organisation: str) -> Seats:
    """Lock the ledger of one's own offering. Raises `Missing`."""
    seats = await seats_of(tx, offering)
    if seats is None or seats.organisation != organisation:
        raise Missing
    return seats
