"""What callers send and see of the catalogue."""

from datetime import datetime
from typing import Literal, Self

from kit.texts import Text
from pydantic import BaseModel, Field

from partners.api.views import Sent
from partners.domain.catalogue import (
    Access,
    Audience,
    Capacity,
    Channel,
    Intensity,
    Period,
    Place,
    Price,
    Service,
)
from partners.domain.copies import SeatsCopy
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStatus, OfferingStep
from partners.domain.terms import Code

STEPS = Literal[OfferingStep.PUBLISH, OfferingStep.PAUSE, OfferingStep.RESUME, OfferingStep.END]


class NewOffering(Service, Capacity):
    """A service that the caller's organisation offers."""

    code: Code = Field(examples=["ohjaamo-oulu-guidance"])
    status: Literal[OfferingStatus.DRAFT, OfferingStatus.PUBLISHED] = OfferingStatus.PUBLISHED

    def service(self) -> Service:
        """Give what is said of it."""
        return Service.model_construct(**{n: getattr(self, n) for n in Service.model_fields})

    def seats(self) -> Capacity:
        """Give how many it takes."""
        return Capacity.model_construct(**{n: getattr(self, n) for n in Capacity.model_fields})


class StepTaken(Sent):
    """What the provider does with its offering."""

    step: STEPS


class OfferingView(BaseModel):
    """A service of the catalogue, and how many more it can take."""

    code: str
    organisation: str
    status: OfferingStatus
    name: Text
    description: Text
    needs: list[str]
    audience: Audience
    access: Access
    channels: list[Channel]
    places: list[Place]
    price: Price
    intensity: Intensity
    theme: str | None
    capacity: int
    taken_elsewhere: int
    capacity_unit: str
    capacity_period: Period | None
    confirmed_at: datetime | None = Field(description="When its provider last declared capacity")
    stale_after_days: int
    stale: bool = Field(description="Capacity was not confirmed for longer than that")
    taken: int = Field(description="Seats taken, as referrals counts them")
    held: int = Field(description="Seats held for an answer or a promise, as referrals counts them")
    available: int = Field(
        ge=0, description="Capacity less what is taken, here and elsewhere, and held"
    )
    over: int = Field(ge=0, description="How many more are taken or held than there is capacity")
    as_of: datetime | None = Field(description="When the count was made; null: none taken yet")
    eligibility_version: int | None = Field(description="Of its decision table; null: it has none")
    changed_at: datetime
    revision: int

    @classmethod
    def of(cls, offering: Offering, seats: SeatsCopy | None, now: datetime) -> Self:
        """Show an offering at a moment, with the seats that are taken of it."""
        taken, held = (seats.taken, seats.held) if seats else (0, 0)
        left = offering.capacity - offering.taken_elsewhere - taken - held
        own = {n: getattr(offering, n) for n in cls.model_fields if hasattr(Offering, n)}
        return cls(
            **own | {"stale": offering.stale(now)},
            taken=taken,
            held=held,
            available=max(left, 0) if offering.open else 0,
            over=max(-left, 0),
            as_of=seats.as_of if seats else None,
        )
