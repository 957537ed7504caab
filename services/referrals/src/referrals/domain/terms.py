"""Within what time somebody must act: the terms, which agreements and offerings may change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from kit.database import Transaction, hot
from kit.workdays import Term
from sqlalchemy import DateTime, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.referral import Referral
from referrals.domain.states import Loop, Phase, Status, Timed
from referrals.domain.tables import Table


class Scope(StrEnum):
    """Whose rule a term is; an offering's goes before an agreement's."""

    OFFERING = "offering"
    AGREEMENT = "agreement"


TERMS: Final[Mapping[Timed, Term]] = MappingProxyType(
    {
        Timed.DECIDE: Term(2),
        Timed.DECIDE_URGENT: Term(1),
        Timed.GRACE: Term(2),
        Timed.INFORMATION: Term(5),
        Timed.OFFER: Term(3),
        Timed.CHECK_IN: Term(30, working=False),
        Timed.STALL: Term(14, working=False),
        Timed.STALL_ESCALATE: Term(7, working=False),
        Timed.CANCEL_ANSWER: Term(2),
        Timed.CONFIRM: Term(10),
        Timed.SETTLE: Term(20),
    }
)

PAUSABLE = frozenset({Timed.DECIDE, Timed.DECIDE_URGENT, Timed.GRACE})


class TermRule(Table):
    """A term that an agreement or an offering sets for itself, in the days of its kind."""

    __tablename__ = "term_rule"

    scope: Mapped[Scope] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    timed: Mapped[Timed] = mapped_column(Text, primary_key=True)
    days: Mapped[int] = mapped_column(Integer)


class Deadline(Table):
    """When something falls due in a referral; while it is paused, nothing does."""

    __tablename__ = "deadline"
    __table_args__ = (
        Index("deadline_due_at_idx", "due_at", postgresql_where=text("paused_at IS NULL")),
    )

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    timed: Mapped[Timed] = mapped_column(Text, primary_key=True)
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    paused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


def running(referral: Referral) -> Timed | None:
    """Say which term runs in a referral, by where it stands and what was reminded of already."""
    state, told = referral.state, referral.reminded_of
    if state.phase == Phase.CANCEL_REQUESTED:
        return None if told == Timed.CANCEL_ANSWER else Timed.CANCEL_ANSWER
    if state.loop == Loop.OUTCOME_REPORTED:
        return Timed.CONFIRM
    if state.loop == Loop.DISPUTED:
        return None if told == Timed.SETTLE else Timed.SETTLE
    if state.phase in BY_PHASE:
        return BY_PHASE[state.phase]
    if state.status == Status.REQUESTED:
        return deciding(referral)
    if state.status in (Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD):
        return {None: Timed.STALL, Timed.STALL: Timed.STALL_ESCALATE}.get(told)
    return None


BY_PHASE: Final[Mapping[Phase | None, Timed]] = MappingProxyType(
    {
        Phase.INFORMATION_NEEDED: Timed.INFORMATION,
        Phase.WAITLISTED: Timed.CHECK_IN,
        Phase.OFFERED: Timed.OFFER,
    }
)


def deciding(referral: Referral) -> Timed:
    """Say which term of decision runs: after the first one there is a time of grace."""
    if referral.reminded_of is not None:
        return Timed.GRACE
    return Timed.DECIDE_URGENT if referral.urgent else Timed.DECIDE


READ = "SELECT timed, due_at, paused_at FROM deadline WHERE referral_id = $1"
DROP = "DELETE FROM deadline WHERE referral_id = $1 AND timed <> ALL($2)"
SET = """
    INSERT INTO deadline (referral_id, timed, due_at) VALUES ($1, $2, $3)
    ON CONFLICT (referral_id, timed) DO UPDATE SET due_at = excluded.due_at, paused_at = NULL
"""
PAUSE = """
    UPDATE deadline SET paused_at = $2
    WHERE referral_id = $1 AND timed = ANY($3) AND paused_at IS NULL
"""
RULE = """
    SELECT days FROM term_rule
    WHERE timed = $1 AND ((scope = 'offering' AND code = $2) OR (scope = 'agreement' AND code = $3))
    ORDER BY scope DESC LIMIT 1
"""


async def keep_deadlines(tx: Transaction, referral: Referral, at: datetime) -> None:
    """After a step, let the right term run: others end, a paused one goes on with what it had."""
    now = running(referral)
    paused = list(PAUSABLE) if now is Timed.INFORMATION else []
    await hot(tx, DROP, referral.id, [str(now), *paused])
    if paused:
        await hot(tx, PAUSE, referral.id, at, paused)
    if now is None:
        return
    there = {row["timed"]: row for row in await hot(tx, READ, referral.id)}.get(now)
    if there is None or now in (Timed.STALL, Timed.CHECK_IN):  # these begin anew with each step
        due = (await term_of(tx, referral, now)).ends(at)
    elif there["paused_at"] is not None:
        due = there["due_at"] + (at - there["paused_at"])
    else:
        return
    await hot(tx, SET, referral.id, now, due)


async def deadlines_of(tx: Transaction, referral_id: UUID) -> Sequence[Mapping[str, Any]]:
    """Give what falls due in a referral."""
    return await hot(tx, READ, referral_id)


async def term_of(tx: Transaction, referral: Referral, timed: Timed) -> Term:
    """Give a term: the offering's own rule, else the agreement's, else that of all."""
    rule = await hot(tx, RULE, timed, referral.offering, referral.agreement)
    common = TERMS[timed]
    return Term(rule[0]["days"], common.working) if rule else common
