"""The line for a seat: who came first is offered the next one, and everybody sees the rule.

Who left an offered seat, or did not answer, stands last, and is not offered another by the system
for a while; the recipient may offer one at any time.
"""

from datetime import datetime, timedelta
from typing import Final

from kit import clock
from kit.database import Transaction, hot
from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import aliased

from referrals.domain.errors import NotFirstInLine
from referrals.domain.referral import Referral
from referrals.domain.seats import Seats
from referrals.domain.states import Phase

# Of all who wait, whom a caller need not be able to see: how many, never who.
BEFORE = "SELECT waiting($1, $2, $3)"
NEXT_IN_LINE = text("SELECT nextval('referral_line')")
QUIET: Final = timedelta(days=7)  # after an offered seat was left


async def join_line(tx: Transaction, referral: Referral) -> None:
    """Give it the last place."""
    referral.line = (await tx.execute(NEXT_IN_LINE)).scalar_one()


async def place_in_line(tx: Transaction, referral: Referral) -> int | None:
    """Say how many are before it, and itself; none for one that does not wait."""
    if referral.phase != Phase.WAITLISTED or referral.line is None:
        return None
    where = referral.offering, referral.recipient, referral.line
    return int((await hot(tx, BEFORE, *where))[0]["waiting"]) + 1


async def must_be_first(tx: Transaction, referral: Referral) -> None:
    """Let nobody pass who waits longer. Raises `NotFirstInLine` with its place."""
    place = await place_in_line(tx, referral)
    if place is not None and place > 1:
        raise NotFirstInLine(place=place)


async def must_not_pass(tx: Transaction, referral: Referral, seats: Seats | None) -> None:
    """Let nobody pass those who wait: a seat for each of them stays. Raises `NotFirstInLine`.

    `seats` is the offering's ledger, locked: a seat that is freed meanwhile is another's turn.
    """
    if seats is None:
        return
    count = select(func.count()).select_from(Referral)
    waiting = (
        await tx.execute(count.where(*waiting_with(referral), eager(clock.now())))
    ).scalar_one()
    if 0 < seats.free <= waiting:
        raise NotFirstInLine(place=waiting + 1)


def waiting_with(referral: Referral) -> tuple[ColumnElement[bool], ...]:
    """Select who waits for the same: an offering, or an organisation without one."""
    return (
        Referral.recipient == referral.recipient,
        Referral.offering.is_not_distinct_from(referral.offering),
        Referral.phase == Phase.WAITLISTED,
    )


def eager(at: datetime) -> ColumnElement[bool]:
    """Select who has not left a seat lately."""
    return Referral.left_at.is_(None) | (Referral.left_at < at - QUIET)


async def next_to_be_offered(tx: Transaction, at: datetime) -> Referral | None:
    """Find the first in the line of an offering that has a free seat, and lock it.

    Whoever moved on meanwhile is passed over until the next look.
    """
    other = aliased(Referral)
    earlier = (
        select(other.id)
        .where(other.offering == Referral.offering, other.phase == Phase.WAITLISTED)
        .where(other.line < Referral.line)
        .where(other.left_at.is_(None) | (other.left_at < at - QUIET))
    )
    free = Seats.maximum - Seats.elsewhere - Seats.taken - Seats.held
    first = (
        select(Referral)
        .join(Seats, Seats.offering == Referral.offering)
        .where(Referral.phase == Phase.WAITLISTED, free > 0, eager(at), ~earlier.exists())
        .limit(1)
        .with_for_update(of=Referral, skip_locked=True)
    )
    return (await tx.scalars(first)).first()
