"""Reading ledgers and lines: how many, never who."""

from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import func, select

from referrals.domain.referral import Referral
from referrals.domain.seats import Seats
from referrals.domain.states import Phase


async def seats_shown(tx: Transaction, offering: str) -> Seats:
    """Find the ledger of an offering. Raises `Missing`."""
    seats = await tx.get(Seats, offering)
    if seats is None:
        raise Missing
    return seats


async def waiting_for(tx: Transaction, offering: str) -> int:
    """Count who waits for an offering."""
    waiting = (Referral.offering == offering, Referral.phase == Phase.WAITLISTED)
    return (
        await tx.execute(select(func.count()).select_from(Referral).where(*waiting))
    ).scalar_one()
