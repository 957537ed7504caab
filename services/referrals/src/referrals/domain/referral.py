"""A referral: a client's way from one organisation to a service of another."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from kit.aggregates import Aggregate
from kit.problems import Missing
from kit.vault import Place
from sharing.codes import DataClass
from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain import referral_events as events
from referrals.domain.codes import Helped, LegalBasis
from referrals.domain.erasure_events import DraftErased, ReferralErased
from referrals.domain.errors import FeedbackClosed, NotAddressed, NotADraft, NothingToReceive
from referrals.domain.handover_events import DraftPassed, ReferralPassed
from referrals.domain.lifecycle import legal, row_of
from referrals.domain.rows import Row, State
from referrals.domain.shown import ALL, OWN, shown, stage_of
from referrals.domain.states import ENDED, Loop, Mode, Phase, Role, Status, Step, Timed
from referrals.domain.steps import EFFECTS, ESCALATES, LAPSES, REMINDS, SAYS, Effect
from referrals.domain.tables import Table

WAITS = "phase = 'waitlisted'"
ASKED = "status = 'requested'"
IN_LINE = "phase IN ('waitlisted', 'offered')"


class Referral(Aggregate, Table):
    """Who sends whom, where to, why, and how far it has come."""

    __tablename__ = "referral"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "sender"], ["client.id", "client.organisation"], onupdate="CASCADE"
        ),
        ForeignKeyConstraint(
            ["follows", "client_id"], ["referral.id", "referral.client_id"], onupdate="CASCADE"
        ),
        UniqueConstraint("id", "client_id"),
        ForeignKeyConstraint(
            ["consent_id", "sender"], ["consent.id", "consent.organisation"],
            onupdate="CASCADE", deferrable=True, initially="DEFERRED",
        ),
        Index(None, "consent_id", postgresql_where=text("consent_id IS NOT NULL")),
        Index(None, "sender", "status", "id"),
        Index(None, "recipient", "status", "id"),
        Index(None, "client_id"),
        Index("referral_unclosed_idx", "id", postgresql_where=text("visit_place IS NOT NULL")),
        Index("referral_waiting_idx", "offering", "line", postgresql_where=text(WAITS)),
        Index("referral_open_idx", "agreement", postgresql_where=text(f"{ASKED} OR {IN_LINE}")),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    client_id: Mapped[UUID]
    sender: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str | None] = mapped_column(Text)
    offering: Mapped[str | None] = mapped_column(Text)
    need: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    mode: Mapped[Mode] = mapped_column(Text)
    assessment_id: Mapped[UUID | None]
    follows: Mapped[UUID | None]
    legal_basis: Mapped[str | None] = mapped_column(Text)
    statute: Mapped[str | None] = mapped_column(Text)  # which law, where the basis is one
    consent_id: Mapped[UUID | None]
    receipt_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    agreement: Mapped[str | None] = mapped_column(Text)
    clause: Mapped[str | None] = mapped_column(Text)
    classes: Mapped[list[str] | None] = mapped_column(ARRAY(Text))  # that clause and basis let go
    eligibility: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    status: Mapped[Status] = mapped_column(Text)
    phase: Mapped[Phase | None] = mapped_column(Text)
    loop: Mapped[Loop] = mapped_column(Text)
    phase_before: Mapped[Phase | None] = mapped_column(Text)  # while a cancel is asked for
    responsible: Mapped[str] = mapped_column(Text)
    seat: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    declined_by: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    visit_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    visit_place: Mapped[str | None] = mapped_column(Text)  # until it is closed, as of before
    visit_place_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    visit_accompanied: Mapped[bool | None] = mapped_column(Boolean)
    review_on: Mapped[date | None] = mapped_column(Date)
    author: Mapped[str] = mapped_column(Text)
    error_said_by: Mapped[str | None] = mapped_column(Text)
    line: Mapped[int | None] = mapped_column(Integer)  # its place among those who ever waited
    left_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # an offered seat
    urgent: Mapped[bool] = mapped_column(Boolean)
    reminded_of: Mapped[Timed | None] = mapped_column(Text)
    reminded_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    wrote_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    feedback_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    escalated: Mapped[bool] = mapped_column(Boolean)  # in the coordinator's worklist
    drafted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    erased_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # its client was

    @property
    def subject(self) -> str:
        """The referral's name on the bus."""
        return f"referrals/{self.id}"

    @property
    def place_of_visit(self) -> Place:
        """Say where the closed place of its visit stands: elsewhere it does not open."""
        return Place(self.__tablename__, "visit_place_sealed", self.id)

    @property
    def state(self) -> State:
        """Where it stands."""
        phase = None if self.phase is None else Phase(self.phase)
        return State(Status(self.status), phase, Loop(self.loop))

    @property
    def was_sent(self) -> bool:
        """Whether anybody but the sender may know of it."""
        return self.clause is not None

    @property
    def is_by_statute(self) -> bool:
        """Whether law asked for it, so that law may ask to keep it; an error is no record."""
        erroneous = self.status == Status.ENTERED_IN_ERROR
        return self.was_sent and self.legal_basis == LegalBasis.STATUTE and not erroneous

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is to be done for the client in it."""
        return self.status in ENDED

    @property
    def is_withdrawn(self) -> bool:
        """Whether the client took back the consent that it rested on."""
        return self.phase in (Phase.CONSENT_WITHDRAWN, Phase.FROZEN)

    @property
    def is_closed(self) -> bool:
        """Whether it has ended, and no end waits for the other's word on what came of it."""
        return self.has_ended and self.loop not in (Loop.OUTCOME_REPORTED, Loop.DISPUTED)

    def shown_to(self, organisation: str) -> frozenset[DataClass]:
        """Give the classes of which an organisation that may know it is shown; its sender all."""
        if organisation == self.sender:
            return ALL
        let = {DataClass(each) for each in self.classes or ()} | OWN
        return shown(stage_of(self.state, self.phase_before), let, let)

    def roles_of(self, organisation: str) -> tuple[Role, ...]:
        """Say how an organisation stands to it: as one end, or as both where it sent it to itself.

        Raises `Missing`: a draft is its sender's only.
        """
        ends = {
            Role.SENDER: organisation == self.sender,
            Role.RECIPIENT: organisation == self.recipient and self.was_sent,
        }
        if not any(ends.values()):
            raise Missing
        return tuple(role for role, holds in ends.items() if holds)

    def legal_steps(self, organisation: str) -> list[Step]:
        """List what an organisation may do now."""
        return legal(self.state, self.roles_of(organisation))

    def drafted(self) -> events.ReferralDrafted:
        """Say that it was begun."""
        about = {"assessment_id": self.assessment_id, "follows": self.follows}
        return events.ReferralDrafted(**self._common(), **about)

    def address(self, *, recipient: str, offering: str | None) -> events.ReferralAddressed:
        """Choose the offering that it goes to. Raises `NotADraft`."""
        if self.status != Status.DRAFT:
            raise NotADraft
        self.recipient, self.offering = recipient, offering
        return events.ReferralAddressed(**self._common())

    def must_allow(self, step: Step, *by: Role, client: bool = False) -> Row:
        """Look a step up. Raises `IllegalStep`, `NotYourStep`, `NotAddressed`."""
        row = row_of(self.state, step, by, client=client)
        if step is Step.SEND and self.recipient is None:
            raise NotAddressed
        return row

    def take(
        self, step: Step, *by: Role, client: bool = False, **given: Any
    ) -> events.ReferralFact:
        """Take a step: move on the three axes as the table says, and give the fact of it.

        `given` is what the step comes with (`domain/steps.py`).
        """
        row = self.must_allow(step, *by, client=client)
        effect: Effect = EFFECTS.get(step, lambda *_: {})
        moved: dict[str, Any] = {"status": row.to, "phase": row.phase, "loop": row.loop}
        moved |= effect(self, given)
        says = moved.pop("says", None) or SAYS[step]
        status = moved["status"] or self.status
        if not status == self.status == Status.REQUESTED:
            self.reminded_of, self.escalated = None, False
        self.status = status
        self.phase = moved["phase"]
        self.loop = moved["loop"] or self.loop
        self._answer_for_it(step)
        known = {name: value for name, value in given.items() if name in says.model_fields}
        return says(**self._common(), **known)

    def remind(self, of: Timed, at: datetime) -> events.ReferralFact:
        """Note that a term is over and nobody acted; some of these are the coordinator's too."""
        self.reminded_of, self.reminded_at = of, at
        self.escalated = self.escalated or of in ESCALATES
        return REMINDS[of](**self._common())

    def lapse(self, of: Timed, at: datetime) -> events.ReferralFact:
        """Move on where nobody answered in time: a question, an offered seat, an outcome."""
        self.reminded_at = at
        if of is Timed.INFORMATION:
            self.phase = Phase.SEEN
        elif of is Timed.OFFER:
            self.phase, self.left_at = Phase.WAITLISTED, at
        else:
            self.loop = Loop.UNCONFIRMED
        return LAPSES[of](**self._common())

    def received(self, at: datetime) -> events.ReferralFact:
        """Note that its recipient knows, and acted on it, that the consent was withdrawn.

        Raises `NothingToReceive`.
        """
        if not self.is_withdrawn:
            raise NothingToReceive
        self.receipt_at = at
        return events.WithdrawalReceived(**self._common())

    def wrote(self, at: datetime) -> events.ReferralFact:
        """Say that one end wrote to the other: a sign of life."""
        self.wrote_at = at
        return events.MessageSent(**self._common())

    def commented(self, helped: Helped, at: datetime) -> events.ReferralFact:
        """Say whether the client was helped, once. Raises `FeedbackClosed`."""
        if self.feedback_at is not None or self.is_withdrawn:
            raise FeedbackClosed
        self.feedback_at = at
        return events.FeedbackGiven(**self._common(), helped=helped)

    def carry_on(self, *, agreement: str, clause: str) -> events.ReferralFact:
        """Go on under another agreement's clause, where the first one has ended."""
        self.agreement, self.clause = agreement, clause
        return events.ReferralCarriedOn(**self._common(), agreement=agreement, clause=clause)

    def pass_to(
        self, receiver: str, giver: str, *, of_client: bool, handover_id: UUID
    ) -> events.ReferralFact:
        """Let a successor stand where the giver stood, and answer for what the giver answered for.

        `of_client`: the client passes, and with it the sender's end; else the recipient's alone.
        """
        within = self.sender == self.recipient
        if self.responsible == giver:
            self.responsible = receiver
        if of_client:
            self.sender = receiver
        if within or not of_client:
            self.recipient = receiver
        about = {"giver": giver, "handover_id": handover_id}
        if not self.was_sent:
            return DraftPassed(**self._common(), **about)
        return ReferralPassed(**self._common(), **about, responsible=self.responsible)

    def erase(self, at: datetime) -> events.ReferralFact:
        """Forget what is told of the person in no code; the codes tell of nobody any more."""
        self.visit_at = self.visit_place = self.visit_place_sealed = None
        self.visit_accompanied = None
        self.review_on = self.eligibility = None
        self.erased_at = at
        said = ReferralErased if self.was_sent else DraftErased
        return said(**self._common())

    def _answer_for_it(self, step: Step) -> None:
        """Let it be somebody's: the sender's, unless a transfer was accepted and goes on."""
        if step in (Step.ACCEPT, Step.TAKE) and self.mode == Mode.TRANSFER:
            self.responsible = str(self.recipient)
        if self.status in (Status.CANCELLED, Status.ENTERED_IN_ERROR):
            self.responsible = self.sender

    def _common(self) -> dict[str, Any]:
        return {
            "referral_id": self.id,
            "client_id": self.client_id,
            "sender": self.sender,
            "recipient": self.recipient,
            "offering": self.offering,
            "need": self.need,
            "purpose": self.purpose,
            "mode": self.mode,
        }
