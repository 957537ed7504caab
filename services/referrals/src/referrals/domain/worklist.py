"""What somebody has to do in a referral: kept with each step, so that a list is only read."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from kit.database import Transaction, hot
from sqlalchemy import DateTime, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.referral import Referral
from referrals.domain.states import Loop, Phase, Status, Step, Timed
from referrals.domain.tables import Table


class Desk(StrEnum):
    """Whose worklist it is."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    COORDINATOR = "coordinator"


class Why(StrEnum):
    """Why it is there."""

    DRAFT = "draft"
    REROUTED = "rerouted"
    DECLINED = "declined"
    EXPIRED = "expired"
    GIVEN_UP = "given_up"
    ANSWER = "answer"
    SEAT_OFFERED = "seat_offered"
    CONFIRM = "confirm"
    NEW = "new"
    DECIDE = "decide"
    DECISION_OVERDUE = "decision_overdue"
    CHECK_IN = "check_in"
    CANCEL_ANSWER = "cancel_answer"
    BEGIN = "begin"
    VISIT = "visit"
    RESCHEDULE = "reschedule"
    REVIEW = "review"
    STALLED = "stalled"
    DISPUTED = "disputed"
    ESCALATED = "escalated"
    CONSENT_WITHDRAWN = "consent_withdrawn"


BACK: Final = frozenset({Why.DECLINED, Why.EXPIRED, Why.GIVEN_UP})  # its sender may take it off
PRESSING: Final = frozenset(
    {Why.DECISION_OVERDUE, Why.STALLED, Why.ESCALATED, Why.CANCEL_ANSWER, Why.SEAT_OFFERED}
)


class Work(Table):
    """Something to do, of one referral at one desk; `place` orders by urgency and is unique."""

    __tablename__ = "work"
    __table_args__ = (Index(None, "desk", "owner", "place"),)

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    desk: Mapped[Desk] = mapped_column(Text, primary_key=True)
    owner: Mapped[str] = mapped_column(Text)  # an organisation; the coordinator's: an agreement
    why: Mapped[Why] = mapped_column(Text)
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    place: Mapped[str] = mapped_column(Text)


CLEAR = "DELETE FROM work WHERE referral_id = $1"
DUE = "SELECT min(due_at) AS due_at FROM deadline WHERE referral_id = $1 AND paused_at IS NULL"
PUT = """
    INSERT INTO work (referral_id, desk, owner, why, due_at, place)
    VALUES ($1, $2, $3, $4, $5, $6)
"""


async def keep_worklists(tx: Transaction, referral: Referral, step: str) -> None:
    """After a step, put the referral where somebody has to do something in it."""
    await hot(tx, CLEAR, referral.id)
    desks = wanted(referral, step)
    if not desks:
        return
    deadline = (await hot(tx, DUE, referral.id))[0]["due_at"]
    for desk, (owner, why) in desks.items():
        due = appointed(referral, why) or deadline
        place = place_of(referral, why, due)
        await hot(tx, PUT, referral.id, desk, owner, why, due, place)


def place_of(referral: Referral, why: Why, due: datetime | None) -> str:
    """Order by urgency: what presses, what is urgent, what is due in the order of time, the rest.

    An instant in UTC sorts as its text does.
    """
    rank = 0 if why in PRESSING else 1 if referral.urgent else 2 if due else 3
    since = (due or referral.drafted_at).timestamp()
    return f"{rank}{since:017.3f}{referral.id}"


def appointed(referral: Referral, why: Why) -> datetime | None:
    """Give the time that the two ends agreed on, which goes before a term."""
    return referral.visit_at if why is Why.VISIT else None


def wanted(referral: Referral, step: str) -> Mapping[Desk, tuple[str, Why]]:
    """Say at which desks there is something to do, and why."""
    found: dict[Desk, tuple[str, Why]] = {}
    if sender := senders(referral, step):
        found[Desk.SENDER] = referral.sender, sender
    if referral.was_sent and (recipient := recipients(referral)):
        found[Desk.RECIPIENT] = str(referral.recipient), recipient
    if referral.escalated and referral.agreement:
        found[Desk.COORDINATOR] = referral.agreement, Why.ESCALATED
    return found


CAME_BACK: Final[Mapping[str, Why]] = MappingProxyType(
    {Step.DECLINE: Why.DECLINED, Step.EXPIRE: Why.EXPIRED, Step.GIVE_UP: Why.GIVEN_UP}
)


def senders(referral: Referral, step: str) -> Why | None:
    """Say why a referral is in its sender's worklist."""
    state = referral.state
    if state.status is Status.DRAFT:
        return Why.REROUTED if referral.follows else Why.DRAFT
    if state.loop in (Loop.OUTCOME_REPORTED, Loop.UNCONFIRMED):
        return Why.CONFIRM if state.phase is not Phase.FROZEN else None
    if referral.has_ended:
        return CAME_BACK.get(step)
    return {Phase.INFORMATION_NEEDED: Why.ANSWER, Phase.OFFERED: Why.SEAT_OFFERED}.get(
        state.phase or Phase.SEEN
    )


BY_PHASE: Final[Mapping[Phase, Why | None]] = MappingProxyType(
    {
        Phase.CANCEL_REQUESTED: Why.CANCEL_ANSWER,
        Phase.INFORMATION_NEEDED: None,
        Phase.OFFERED: None,
        Phase.SCHEDULED: Why.VISIT,
        Phase.NO_SHOW: Why.RESCHEDULE,
        Phase.VISIT_CANCELLED: Why.RESCHEDULE,
        Phase.PAUSED: Why.REVIEW,
    }
)


def recipients(referral: Referral) -> Why | None:
    """Say why a referral is in its recipient's worklist."""
    state, told = referral.state, referral.reminded_of
    if referral.is_withdrawn:
        return None if referral.receipt_at else Why.CONSENT_WITHDRAWN
    if state.loop is Loop.DISPUTED:
        return Why.DISPUTED
    if referral.has_ended:
        return None
    if state.phase is Phase.WAITLISTED:
        return Why.CHECK_IN if told == Timed.CHECK_IN else None
    if told in (Timed.STALL, Timed.STALL_ESCALATE):
        return Why.STALLED
    if state.phase is not None and state.phase in BY_PHASE:
        return BY_PHASE[state.phase]
    if state.status is Status.REQUESTED:
        overdue = told in (Timed.DECIDE, Timed.DECIDE_URGENT)
        return Why.DECISION_OVERDUE if overdue else Why.DECIDE if state.phase else Why.NEW
    return Why.BEGIN if state.status is Status.ACCEPTED else None
