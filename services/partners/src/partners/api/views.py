"""What callers send and see."""

from datetime import date, datetime
from typing import Annotated, Self

from kit.texts import Text
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sharing import Clause

from partners.domain.agreement import Agreement
from partners.domain.copies import SeatsCopy
from partners.domain.lifecycle import Status
from partners.domain.offering import Offering
from partners.domain.terms import (
    Audience,
    Code,
    Goal,
    Intensity,
    Pilot,
    Signature,
    Terms,
    Theme,
    refuse_twins,
)

Capacity = Annotated[int, Field(strict=True, ge=0, le=100_000, examples=[12])]


class Sent(BaseModel):
    """A body; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewAgreement(Terms):
    """An agreement that is laid before its parties."""

    code: Code = Field(examples=["oulun-tyollisyyden-ekosysteemi"])

    def terms(self) -> Terms:
        """Give what the parties will sign."""
        return Terms.model_construct(**{name: getattr(self, name) for name in Terms.model_fields})


class Signing(Sent):
    """Nothing: the token says which party signs, and by whom."""


class AgreementView(BaseModel):
    """An agreement as it stands today, and who has signed."""

    code: str
    name: Text
    vision: Text | None
    text: Text | None
    parties: list[str]
    themes: list[Theme]
    pilots: list[Pilot]
    goals: list[Goal]
    sharing: list[Clause]
    valid_from: date
    valid_until: date
    status: Status
    signatures: list[Signature]
    waits_for: list[str] = Field(description="Parties that have not signed yet")
    revision: int

    @classmethod
    def of(cls, agreement: Agreement, today: date) -> Self:
        """Show an agreement as of a day in Finland."""
        return cls(
            code=agreement.code,
            **{name: getattr(agreement, name) for name in Terms.model_fields},
            status=agreement.status(today),
            signatures=list(agreement.signatures),
            waits_for=agreement.waits_for,
            revision=agreement.revision,
        )


class NewOffering(Sent):
    """A service that the caller's organisation offers."""

    code: Code = Field(examples=["ohjaamo-oulu-guidance"])
    name: Text
    description: Text
    needs: tuple[str, ...] = Field(min_length=1, max_length=50, examples=[["career_guidance"]])
    audience: Audience = Audience()
    intensity: Intensity
    capacity: Capacity

    @model_validator(mode="after")
    def must_name_each_need_once(self) -> Self:
        """Refuse a need named twice."""
        refuse_twins("needs", self.needs)
        return self


class DeclaredCapacity(Sent):
    """How many clients an offering takes, at a time."""

    capacity: Capacity


class OfferingView(BaseModel):
    """A service of the catalogue, and how many more it can take."""

    code: str
    organisation: str
    name: Text
    description: Text
    needs: list[str]
    audience: Audience
    intensity: Intensity
    capacity: int
    taken: int = Field(description="Seats taken, as referrals counts them")
    available: int = Field(ge=0, description="Capacity less what is taken")
    as_of: datetime | None = Field(description="When the count was made; null: none taken yet")
    revision: int

    @classmethod
    def of(cls, offering: Offering, seats: SeatsCopy | None) -> Self:
        """Show an offering with the seats that are taken of it."""
        taken = seats.taken if seats else 0
        return cls(
            code=offering.code,
            organisation=offering.organisation,
            name=offering.name,
            description=offering.description,
            needs=offering.needs,
            audience=offering.audience,
            intensity=offering.intensity,
            capacity=offering.capacity,
            taken=taken,
            available=max(offering.capacity - taken, 0),
            as_of=seats.as_of if seats else None,
            revision=offering.revision,
        )
