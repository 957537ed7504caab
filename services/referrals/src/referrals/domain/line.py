"""The line for a seat: who came first is offered the next one, and everybody sees the rule."""

from kit.database import Transaction
from sqlalchemy import ColumnElement, func, select, text

from referrals.domain.errors import NotFirstInLine
from referrals.domain.referral import Referral
from referrals.domain.states import Phase

NEXT_IN_LINE = text("SELECT nextval('referral_line')")


async def join_line(tx: Transaction, referral: Referral) -> None:
    """Give it the last place."""
    referral.line = (await tx.execute(NEXT_IN_LINE)).scalar_one()


async def place_in_line(tx: Transaction, referral: Referral) -> int | None:
    """Say how many are before it, and itself; none for one that does not wait."""
    if referral.phase != Phase.WAITLISTED or referral.line is None:
        return None
    before = select(func.count()).select_from(Referral).where(*before_it(referral))
    return (await tx.execute(before)).scalar_one() + 1


async def must_be_first(tx: Transaction, referral: Referral) -> None:
    """Let nobody pass who waits longer. Raises `NotFirstInLine` with its place."""
    place = await place_in_line(tx, referral)
    if place is not None and place > 1:
        raise NotFirstInLine(place=place)


def before_it(referral: Referral) -> tuple[ColumnElement[bool], ...]:
    """Select who waits longer for the same: an offering, or an organisation without one."""
    return (
        Referral.recipient == referral.recipient,
        Referral.offering.is_not_distinct_from(referral.offering),
        Referral.phase == Phase.WAITLISTED,
        Referral.line < referral.line,
    )
