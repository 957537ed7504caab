"""Reading how an agreement's resources are used."""

from calendar import monthrange
from collections import defaultdict
from datetime import date

from kit import clock
from kit.database import Transaction
from sqlalchemy import select

from partners.domain.agreement_terms import Commitment
from partners.domain.copies import SeatsTakenCopy
from partners.domain.resources import By, Line, Sum, sums
from partners.domain.use import Use
from partners.queries.versions import agreement_of


async def resources(tx: Transaction, code: str, by: By) -> list[Sum]:
    """Add up what the version that rules promises, and what is known of its use.

    Raises `Missing`.
    """
    commitments = (await agreement_of(tx, code)).ruling.terms.commitments
    today = clock.today()
    reported = await reported_uses(tx, code)
    seats = await seats_taken(tx, [c.offering for c in commitments if c.offering])
    lines = [
        counted(commitment, seats[commitment.offering], today)
        if commitment.offering
        else told(commitment, reported[commitment.code], today)
        for commitment in commitments
    ]
    return sums(lines, by)


def told(commitment: Commitment, uses: dict[str, float], today: date) -> Line:
    """Take what its party told; it is known to the end of the last month that it told of."""
    known = min(end_of(max(uses)), today) if uses else None
    return Line(commitment, sum(uses.values()), known)


def counted(commitment: Commitment, taken: dict[str, int], today: date) -> Line:
    """Count the seats that were taken in the months of its period; that is known to this day."""
    first, last = (f"{day:%Y-%m}" for day in (commitment.first_day, commitment.last_day))
    used = sum(number for month, number in taken.items() if first <= month <= last)
    return Line(commitment, used, today)


async def reported_uses(tx: Transaction, agreement: str) -> defaultdict[str, dict[str, float]]:
    """Give what was reported, by commitment and month."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for use in await tx.scalars(select(Use).where(Use.agreement == agreement)):
        found[use.commitment][use.month] = use.amount
    return found


async def seats_taken(tx: Transaction, offerings: list[str]) -> defaultdict[str, dict[str, int]]:
    """Give how many seats were taken of offerings, by month."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    query = select(SeatsTakenCopy).where(SeatsTakenCopy.offering.in_(offerings))
    for row in await tx.scalars(query):
        found[row.offering][row.month] = row.taken
    return found


def end_of(month: str) -> date:
    """Give the last day of a month that is written as 2020-01."""
    first = date.fromisoformat(f"{month}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])
