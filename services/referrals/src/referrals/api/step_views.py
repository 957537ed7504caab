"""What a step comes with, and what is shown of a referral afterwards."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from kit.days import Day
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sharing.codes import DataClass

from referrals.api.views import Address, Sent
from referrals.domain.codes import (
    AlternativeReason,
    DeclinedBy,
    DeclineReason,
    LegalBasis,
    Outcome,
)
from referrals.domain.eligibility import Judgement
from referrals.domain.lifecycle import TABLE
from referrals.domain.referral import Referral
from referrals.domain.states import Loop, Mode, Phase, Role, Status, Step, Timed
from referrals.domain.visit import Visit

Note = Field(None, min_length=1, max_length=4000, description="For the two ends; in no fact")


class StepTaken(Sent):
    """A step, and the fields that it needs."""

    step: Step
    by_client: bool = Field(
        False, strict=True, description="The client's own word, which the officer records"
    )
    legal_basis: LegalBasis | None = Field(
        None, description="Of sending; null: the law on which the relationship rests"
    )
    statute: str | None = Field(
        None, max_length=64, description="Which law, where another", examples=["youth"]
    )
    consent_id: UUID | None = Field(
        None, description="Which consent; null: whichever of the client's covers it"
    )
    reason: str | None = Field(None, max_length=64, examples=["no_capacity"])
    declined_by: DeclinedBy = DeclinedBy.PROVIDER
    outcome: Outcome | None = None
    note: str | None = Note
    visit: Visit | None = None
    review_on: Day | None = Field(None, description="When a pause is looked at again")
    to: Address | None = Field(None, description="Where a rerouted referral goes")

    @model_validator(mode="after")
    def of_one_kind(self) -> Self:
        """Refuse a law and a consent at once."""
        law = self.statute is not None or self.legal_basis is LegalBasis.STATUTE
        consent = self.consent_id is not None or self.legal_basis is LegalBasis.CONSENT
        if law and consent:
            raise ValueError("name a law or a consent")
        return self


def described() -> str:
    """Tell the table of the lifecycle, for the API's page."""
    rows = ["Take a step of the lifecycle. What may be done next stands in `next_steps`.", ""]
    rows += ["| Step | Who | Must come with | |", "|---|---|---|---|"]
    for row in TABLE:
        if row.by != (Role.SYSTEM,):
            needs = ", ".join(f"`{need}`" for need in row.needs)
            rows.append(f"| `{row.step}` | {', '.join(row.by)} | {needs} | {row.guard} |")
    return "\n".join(rows)


class HistoryView(BaseModel):
    """A step that was taken: who, when, why."""

    revision: int
    step: str
    organisation: str
    officer: str
    role: Role = Field(description="`client`: an officer recorded the client's word")
    reason: str | None
    note: str | None
    at: datetime


class AlternativeView(BaseModel):
    """Another offering, and why it may do; whom it is for, the sender reads beside the client."""

    offering: str
    organisation: str
    free: int = Field(ge=1, description="Seats that are free now")
    need: str = Field(description="The need that it answers too")
    audience: dict[str, Any] | None = Field(description="For whom it is; null: not told")
    agreement: str | None = Field(
        description="The agreement and the clause that permit it; null: the sender's own unit"
    )
    clause: str
    reasons: list[AlternativeReason] = Field(
        default_factory=list,
        description="Why it is here, in the order that ranks: who is eligible comes before whose "
        "eligibility is not known, and then the roomiest first",
    )
    judgement: Judgement | None = Field(
        None, description="Whether the client may get in, by what is known here today"
    )


class DeadlineView(BaseModel):
    """When something falls due, and since when its time stands still."""

    timed: Timed
    due_at: datetime
    paused_at: datetime | None


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
    mode: Mode
    status: Status
    phase: Phase | None
    loop: Loop
    urgent: bool
    reminded_of: Timed | None = Field(description="The term that is over, and nobody acted")
    responsible: str = Field(description="The one organisation that answers for the client now")
    reason: DeclineReason | None
    declined_by: DeclinedBy | None
    outcome: Outcome | None
    agreement: str | None
    clause: str | None
    drafted_at: datetime
    revision: int

    @classmethod
    def seen(cls, referral: Referral, organisation: str) -> Self:
        """Show a referral to an organisation that may know it.

        That it is, and what its recipient itself said of it, is always told; of the client what
        `domain/shown.py` lets.
        """
        row = cls.model_validate(referral)
        if DataClass.SITUATION in referral.shown_to(organisation):
            return row
        return row.model_copy(update={"need": None})


class ReferralView(ReferralRow):
    """A referral, what this caller may do next, and what was done so far."""

    follows: UUID | None = Field(description="The referral that led to this one")
    eligibility: dict[str, Any] | None = Field(description="The offering's terms when it was sent")
    judgement: Judgement | None = Field(
        None,
        description="Whether the client was eligible when it was sent, by what was known here; "
        "the recipient decides. Null: not judged",
    )
    visit: Visit | None
    review_on: date | None
    place_in_line: int | None = Field(
        description="Who has waited longest is offered the next seat; 1 is next"
    )
    duplicates: list[UUID] = Field(
        default_factory=list,
        description="Of a draft, for its sender: open referrals of the client to the same offering",
    )
    alternatives: list[AlternativeView] = Field(
        default_factory=list,
        description="Of a decline, for its sender: offerings that answer the same need now",
    )
    deadlines: list[DeadlineView]
    next_steps: list[str] = Field(description="Codes of steps; the lifecycle may get more")
    history: list[HistoryView]

    @classmethod
    def shown(
        cls,
        referral: Referral,
        organisation: str,
        history: Sequence[Mapping[str, Any]],
        place_in_line: int | None,
        deadlines: Sequence[Mapping[str, Any]],
        visit: Visit | None,
    ) -> Self:
        """Show a referral to an organisation that may know it.

        A sender's work on the draft, before it was sent, stays the sender's.
        """
        of = referral.shown_to(organisation)
        situation, plan = DataClass.SITUATION in of, DataClass.PLAN in of
        sender = organisation == referral.sender
        seen = [HistoryView(**e) for e in history if sender or e["step"] not in PRIVATE]
        if not situation:
            seen = [entry.model_copy(update={"note": None}) for entry in seen]
        return cls(
            **ReferralRow.seen(referral, organisation).model_dump(),
            follows=referral.follows if sender else None,
            eligibility=terms_of(referral) if situation else None,
            judgement=judgement_of(referral) if situation else None,
            visit=visit if plan else None,
            review_on=referral.review_on if plan else None,
            place_in_line=place_in_line,
            deadlines=[DeadlineView(**deadline) for deadline in deadlines],
            next_steps=referral.legal_steps(organisation),
            history=seen,
        )


PRIVATE = frozenset({"draft", "address", "error_marked"})


JUDGED = frozenset(Judgement.model_fields)


def terms_of(referral: Referral) -> dict[str, Any] | None:
    """Give for whom the offering was when the referral was sent."""
    kept = referral.eligibility
    return kept and {name: value for name, value in kept.items() if name not in JUDGED}


def judgement_of(referral: Referral) -> Judgement | None:
    """Give how the client was judged; what was sent before that was done has no judgement."""
    kept = referral.eligibility or {}
    return Judgement.model_validate(kept) if "result" in kept else None


class Responsibility(BaseModel):
    """Who answered for a client in a referral at an instant, by the facts alone."""

    referral_id: UUID
    organisation: str
    since: datetime
    fact: str = Field(
        description="The fact that made it so", examples=["referrals.referral.accepted.v1"]
    )
