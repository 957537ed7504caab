"""A referral: a client's way from one organisation to a service of another."""

from datetime import datetime
from typing import Any
from uuid import UUID

from kit.aggregates import Aggregate
from kit.problems import Missing
from sqlalchemy import DateTime, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain import events
from referrals.domain.codes import DeclinedBy, DeclineReason, Outcome
from referrals.domain.errors import NotAddressed, NotADraft
from referrals.domain.lifecycle import LIFECYCLE, Role, Status, Step
from referrals.domain.tables import Table


class Referral(Aggregate, Table):
    """Who sends whom, where to, why, and how far it has come."""

    __tablename__ = "referral"
    __table_args__ = (
        Index(None, "sender", "status", "id"),
        Index(None, "recipient", "status", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    sender: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str | None] = mapped_column(Text)
    offering: Mapped[str | None] = mapped_column(Text)
    need: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    assessment_id: Mapped[UUID | None]
    legal_basis: Mapped[str | None] = mapped_column(Text)
    agreement: Mapped[str | None] = mapped_column(Text)
    clause: Mapped[str | None] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    declined_by: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    drafted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @property
    def subject(self) -> str:
        """The referral's name on the bus."""
        return f"referrals/{self.id}"

    def role_of(self, organisation: str) -> Role:
        """Say how an organisation stands to it. Raises `Missing`: a draft is its sender's only."""
        if organisation == self.sender:
            return Role.SENDER
        if organisation == self.recipient and self.clause is not None:
            return Role.RECIPIENT
        raise Missing

    def legal_steps(self, organisation: str) -> list[Step]:
        """List what an organisation may do now."""
        return LIFECYCLE.legal(Status(self.status), self.role_of(organisation))

    def drafted(self) -> events.ReferralDrafted:
        """Say that it was begun."""
        return events.ReferralDrafted(**self._common(), assessment_id=self.assessment_id)

    def address(self, *, recipient: str, offering: str | None) -> events.ReferralAddressed:
        """Choose the offering that it goes to. Raises `NotADraft`."""
        if self.status != Status.DRAFT:
            raise NotADraft
        self.recipient, self.offering = recipient, offering
        return events.ReferralAddressed(**self._common())

    def send(
        self, by: str, *, legal_basis: str, agreement: str, clause: str
    ) -> events.ReferralSent:
        """Ask the recipient, under a clause that permits it."""
        self._step(Step.SEND, by)
        if self.recipient is None:
            raise NotAddressed
        self.legal_basis, self.agreement, self.clause = legal_basis, agreement, clause
        return events.ReferralSent(**self._common(), agreement=agreement, clause=clause)

    def withdraw(self, by: str) -> events.ReferralWithdrawn | events.DraftWithdrawn:
        """Take it back; of a draft, only the sender hears."""
        self._step(Step.WITHDRAW, by)
        said = events.ReferralWithdrawn if self.clause else events.DraftWithdrawn
        return said(**self._common())

    def accept(self, by: str) -> events.ReferralAccepted:
        """Take the client."""
        self._step(Step.ACCEPT, by)
        return events.ReferralAccepted(**self._common())

    def decline(
        self, by: str, *, reason: DeclineReason, declined_by: DeclinedBy
    ) -> events.ReferralDeclined:
        """Say no, with a coded reason and whose no it is."""
        self._step(Step.DECLINE, by)
        self.reason, self.declined_by = reason, declined_by
        return events.ReferralDeclined(**self._common(), reason=reason, declined_by=declined_by)

    def start(self, by: str) -> events.ReferralStarted:
        """Begin the service."""
        self._step(Step.START, by)
        return events.ReferralStarted(**self._common())

    def report_outcome(self, by: str, *, outcome: Outcome) -> events.OutcomeReported:
        """Say what the service led to."""
        self._step(Step.REPORT_OUTCOME, by)
        self.outcome = outcome
        return events.OutcomeReported(**self._common(), outcome=outcome)

    def confirm(self, by: str) -> events.ReferralConfirmed:
        """Close the loop."""
        self._step(Step.CONFIRM, by)
        return events.ReferralConfirmed(**self._common())

    def dispute(self, by: str) -> events.ReferralDisputed:
        """See the outcome otherwise."""
        self._step(Step.DISPUTE, by)
        return events.ReferralDisputed(**self._common())

    def must_allow(self, step: Step, by: str) -> Status:
        """Give the status that a step leads to. Raises `IllegalStep`."""
        return LIFECYCLE.take(Status(self.status), step, self.role_of(by)).status

    def _step(self, step: Step, by: str) -> None:
        self.status = self.must_allow(step, by)

    def _common(self) -> dict[str, Any]:
        return {
            "referral_id": self.id,
            "client_id": self.client_id,
            "sender": self.sender,
            "recipient": self.recipient,
            "offering": self.offering,
            "need": self.need,
            "purpose": self.purpose,
        }
