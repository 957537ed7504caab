"""What callers send and see."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sharing.codes import Purpose

from referrals.domain.client import Client
from referrals.domain.codes import DeclinedBy, DeclineReason, LegalBasis, Outcome
from referrals.domain.lifecycle import Status, Step
from referrals.domain.referral import Referral

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,63}$", examples=["oulu"])]


class Sent(BaseModel):
    """A body; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewClient(Sent):
    """A client relationship that begins; without an identity code the client is anonymous."""

    identity_code: str | None = Field(None, max_length=32, examples=["131052-9030"])


class ClientSearch(Sent):
    """Search by personal identity code: by POST, so that it stands in no URL and no log."""

    identity_code: str = Field(max_length=32, examples=["131052-9030"])


class ClientView(BaseModel):
    """A client, without the identity code."""

    id: UUID
    organisation: str
    kind: Literal["anonymous", "identified"]
    registered_at: datetime
    revision: int

    @classmethod
    def of(cls, client: Client) -> Self:
        """Show a client."""
        kind: Literal["anonymous", "identified"] = (
            "identified" if client.identity_hash else "anonymous"
        )
        return cls(
            id=client.id,
            organisation=client.organisation,
            kind=kind,
            registered_at=client.registered_at,
            revision=client.revision,
        )


class NewReferral(Sent):
    """A referral that begins."""

    client_id: UUID
    need: str | None = Field(None, max_length=64, examples=["career_guidance"])
    purpose: Purpose = Purpose.CLIENT_REFERRAL


class Address(Sent):
    """Where a draft goes: an offering, or an organisation alone."""

    offering: Code | None = None
    recipient: Code | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        """Refuse both, and neither."""
        if (self.offering is None) == (self.recipient is None):
            raise ValueError("give an offering or a recipient")
        return self


class StepTaken(Sent):
    """A step, and the fields that it needs: `legal_basis` to send, `reason` to decline, …"""

    step: Step
    legal_basis: LegalBasis | None = None
    reason: DeclineReason | None = None
    declined_by: DeclinedBy = DeclinedBy.PROVIDER
    outcome: Outcome | None = None


class HistoryView(BaseModel):
    """A step that was taken."""

    revision: int
    step: str
    organisation: str
    officer: str
    at: datetime


class ReferralRow(BaseModel):
    """A referral in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    client_id: UUID
    sender: str
    recipient: str | None
    offering: str | None
    need: str | None
    purpose: str
    status: Status
    reason: DeclineReason | None
    declined_by: DeclinedBy | None
    outcome: Outcome | None
    agreement: str | None
    clause: str | None
    drafted_at: datetime
    revision: int


class ReferralView(ReferralRow):
    """A referral, what this caller may do next, and what was done so far."""

    next_steps: list[Step]
    history: list[HistoryView]

    @classmethod
    def shown(
        cls, referral: Referral, organisation: str, history: Iterable[Mapping[str, Any]]
    ) -> Self:
        """Show a referral to an organisation that may know it.

        A sender's work on the draft, before it was sent, stays the sender's.
        """
        row = ReferralRow.model_validate(referral)
        sender = organisation == referral.sender
        seen = [entry for entry in history if sender or entry["step"] not in PRIVATE]
        return cls(
            **row.model_dump(),
            next_steps=referral.legal_steps(organisation),
            history=[HistoryView(**entry) for entry in seen],
        )


PRIVATE = frozenset({"draft", "address"})
