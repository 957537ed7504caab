"""What the clock does to referrals: each firing is a step of the system, and a fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.database import Transaction, hot
from kit.facts import Fact
from kit.outbox import publish

from referrals.commands.find import record
from referrals.commands.seating import move_seat, seats_of
from referrals.domain.codes import ExpiryReason
from referrals.domain.history import Act
from referrals.domain.line import join_line, next_to_be_offered
from referrals.domain.referral import Referral
from referrals.domain.states import Role, Step, Timed
from referrals.domain.steps import LAPSES

DUE = """
    SELECT referral_id, timed FROM deadline WHERE due_at <= $1 AND paused_at IS NULL
    ORDER BY due_at LIMIT 1
"""
STILL_DUE = """
    SELECT 1 FROM deadline
    WHERE referral_id = $1 AND timed = $2 AND due_at <= $3 AND paused_at IS NULL
"""
DONE = "DELETE FROM deadline WHERE referral_id = $1 AND timed = $2"


async def fire(tx: Transaction, at: datetime) -> bool:
    """Do what has been due for longest; say whether there was anything.

    The referral is locked first, as every step does, and then its deadline is looked at again:
    of two that come at once the second finds it done.
    """
    due = await hot(tx, DUE, at)
    if not due:
        return False
    referral_id, timed = due[0]["referral_id"], Timed(due[0]["timed"])
    referral = await tx.get(Referral, referral_id, with_for_update=True, populate_existing=True)
    if referral is not None and await hot(tx, STILL_DUE, referral_id, timed, at):
        await hot(tx, DONE, referral_id, timed)
        await system_acts(tx, referral, timed, at)
    return True


async def system_acts(tx: Transaction, referral: Referral, timed: Timed, at: datetime) -> None:
    """Expire, move on, or remind."""
    if timed is Timed.GRACE:
        await expire(tx, referral, ExpiryReason.NO_DECISION, at)
        return
    fact: Fact
    if timed in LAPSES:
        fact = referral.lapse(timed, at)
        if timed is Timed.OFFER:
            await join_line(tx, referral)
            await move_seat(tx, referral, Step.LEAVE)
    else:
        fact = referral.remind(timed, at)
    await record(tx, referral, acted(f"{timed}_over"), fact, at)


async def expire(tx: Transaction, referral: Referral, reason: ExpiryReason, at: datetime) -> None:
    """Give a request back to its sender."""
    fact = referral.take(Step.EXPIRE, Role.SYSTEM, reason=reason)
    await move_seat(tx, referral, Step.EXPIRE)
    await record(tx, referral, acted(Step.EXPIRE, reason), fact, at)


async def offer_seats(tx: Transaction, at: datetime) -> bool:
    """Offer a free seat to the first in its line, if there are both."""
    referral = await next_to_be_offered(tx, at)
    seats = await seats_of(tx, referral.offering) if referral else None
    if referral is None or seats is None or seats.free <= 0:
        return False
    fact = referral.take(Step.OFFER, Role.SYSTEM)
    await move_seat(tx, referral, Step.OFFER)
    await record(tx, referral, acted(Step.OFFER), fact, at)
    return True


def acted(step: str, reason: str | None = None) -> Act:
    """Note what no organisation did."""
    return Act(step, "system", "system", Role.SYSTEM, reason)


EXPIRED_HOLD = """
    SELECT id, offering FROM hold WHERE ended_at IS NULL AND expires_at <= $1
    ORDER BY expires_at LIMIT 1
"""
END_HOLD = "UPDATE hold SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING offering"


async def release_holds(tx: Transaction, at: datetime) -> bool:
    """Let go of a seat whose promise has run out."""
    found = await hot(tx, EXPIRED_HOLD, at)
    if found:
        await end_hold(tx, found[0]["id"], found[0]["offering"], at)
    return bool(found)


async def end_hold(tx: Transaction, hold_id: UUID, offering: str, at: datetime) -> bool:
    """Let go of a held seat once, whoever comes; say whether it was still held."""
    seats = await seats_of(tx, offering)
    ended: Sequence[Mapping[str, Any]] = await hot(tx, END_HOLD, hold_id, at)
    if seats is None or not ended:
        return False
    await publish(tx, seats, seats.let_go())
    return True
