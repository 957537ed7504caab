"""Finding the referral that a command is about."""

from datetime import datetime
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.facts import Fact
from kit.outbox import publish
from kit.problems import Missing, Stale

from referrals.domain.history import Act, note
from referrals.domain.referral import Referral
from referrals.domain.terms import keep_deadlines
from referrals.domain.worklist import keep_worklists


async def referral_for_step(
    tx: Transaction, referral_id: UUID, organisation: str, expected: int
) -> Referral:
    """Lock a referral that the organisation may know, at the revision that it last saw.

    Raises `Missing` for a referral of others, and `Stale` where it has moved on.
    """
    referral = await tx.get(Referral, referral_id, with_for_update=True)
    if referral is None:
        raise Missing
    referral.roles_of(organisation)
    if referral.revision != expected:
        raise Stale
    return referral


async def record(
    tx: Transaction, referral: Referral, act: Act, fact: Fact, at: datetime | None = None
) -> None:
    """Publish a step's fact, note who took it, let the next term run, and keep the worklists."""
    await publish(tx, referral, fact)
    await note(tx, referral.id, referral.revision, act)
    await keep_deadlines(tx, referral, at or clock.now())
    await keep_worklists(tx, referral, act.step)
