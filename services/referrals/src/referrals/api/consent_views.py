"""What callers send and see of consents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from kit.days import Day, Instant
from pydantic import BaseModel, ConfigDict, Field
from sharing.codes import DataClass, Purpose

from referrals.api.views import Code, Sent
from referrals.domain.codes import Manner
from referrals.domain.consent import Consent
from referrals.queries.consents import Receipt


class NewConsent(Sent):
    """What a client lets one's organisation tell others."""

    classes: Annotated[list[DataClass], Field(min_length=1, max_length=16)]
    recipients: Annotated[list[Code], Field(min_length=1, max_length=64)]
    purposes: Annotated[list[Purpose], Field(min_length=1, max_length=16)]
    manner: Manner
    given_at: Instant = Field(examples=["2026-11-23T09:00:00+02:00"])
    valid_until: Day | None = Field(None, description="Its last day; null: until it is withdrawn")


class Withdrawal(Sent):
    """How the client took it back."""

    manner: Manner


class ReceiptView(BaseModel):
    """Whether a recipient has said that it acted on the withdrawal."""

    model_config = ConfigDict(from_attributes=True)

    recipient: str
    received_at: datetime | None = Field(description="Null: outstanding")


class ConsentView(BaseModel):
    """A consent, and who has acted on its withdrawal."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    client_id: UUID
    organisation: str
    classes: list[DataClass]
    recipients: list[str]
    purposes: list[Purpose]
    manner: Manner
    given_at: datetime
    officer: str = Field(description="Who recorded it")
    recorded_at: datetime
    valid_until: Day | None
    withdrawn_manner: Manner | None
    withdrawn_at: datetime | None
    withdrawn_officer: str | None
    revision: int
    receipts: list[ReceiptView] = Field(
        default_factory=list,
        description="Once withdrawn: one of each recipient of referrals that rested on it",
    )

    @classmethod
    def of(cls, consent: Consent, receipts: Sequence[Receipt] = ()) -> Self:
        """Show a consent."""
        told = [ReceiptView.model_validate(receipt) for receipt in receipts]
        return cls.model_validate(consent).model_copy(update={"receipts": told})
