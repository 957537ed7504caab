"""Reading ledgers and lines: how many, never who."""

from kit.database import Transaction, hot
from kit.problems import Missing

from referrals.domain.seats import Seats

WAITING = "SELECT waiting($1, NULL, NULL)"


async def seats_shown(tx: Transaction, offering: str) -> Seats:
    """Find the ledger of an offering. Raises `Missing`."""
    seats = await tx.get(Seats, offering)
    if seats is None:
        raise Missing
    return seats


async def waiting_for(tx: Transaction, offering: str) -> int:
    """Count who waits for an offering, whoever sent them."""
    return int((await hot(tx, WAITING, offering))[0]["waiting"])
