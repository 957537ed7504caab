"""What an offering states: values, compared by content, never changed."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from kit.days import Day
from kit.texts import Text
from pydantic import Field, StringConstraints, model_validator

from partners.domain.terms import Code, Term, refuse_twins

Words = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Municipality = Annotated[str, Field(max_length=3, examples=["564"])]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["09:00"])]


class Intensity(StrEnum):
    """How much of a worker's time a service gives."""

    ADVICE = "advice"
    GUIDANCE = "guidance"
    INTENSIVE = "intensive"


class Access(StrEnum):
    """How one gets in: by oneself, by a partner's referral, or either way."""

    SELF = "self"
    REFERRAL = "referral"
    BOTH = "both"


class Weekday(StrEnum):
    """A day of the week, as iCalendar (RFC 5545) writes it."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


class Audience(Term):
    """Whom an offering is for. Ages in full years, both included; an empty list leaves open."""

    age_from: int | None = Field(None, strict=True, ge=0, le=120, examples=[15])
    age_to: int | None = Field(None, strict=True, ge=0, le=120, examples=[29])
    municipalities: tuple[str, ...] = Field((), max_length=400, examples=[["564"]])
    situations: tuple[str, ...] = Field(
        (), max_length=50, examples=[["unemployed"]], description="Life situations; empty: any"
    )
    languages: tuple[str, ...] = Field(
        (), max_length=50, examples=[["fi", "sv"]], description="ISO 639-1; empty: not stated"
    )

    @model_validator(mode="after")
    def must_include_somebody(self) -> Self:
        """Refuse ages that nobody has, and what is named twice."""
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            raise ValueError("age_to is below age_from")
        for kind in ("municipalities", "situations", "languages"):
            refuse_twins(kind, getattr(self, kind))
        return self


class Hours(Term):
    """When it is open in a week, within days that may be given; times are Finland's."""

    days: tuple[Weekday, ...] = Field(min_length=1, max_length=7)
    opens: ClockTime
    closes: ClockTime = Field(examples=["16:00"])
    valid_from: Day | None = Field(None, examples=["2027-01-11"])
    valid_until: Day | None = Field(
        None, examples=["2027-05-28"], description="The last day, included"
    )
    note: Text | None = None

    @model_validator(mode="after")
    def must_be_some_time(self) -> Self:
        """Refuse hours that end before they begin, and a day named twice."""
        refuse_twins("days", self.days)
        if self.opens >= self.closes:
            raise ValueError("closes is not after opens")
        must_be_in_order(self.valid_from, self.valid_until)
        return self


class Channel(Term):
    """A way to reach the service without going anywhere: a telephone, a page, a chat."""

    kind: str = Field(max_length=20, examples=["phone"])
    address: Words = Field(examples=["+358 44 000 0000"])
    name: Text | None = None
    hours: tuple[Hours, ...] = Field((), max_length=50)


class Place(Term):
    """Where the service is given. Coordinates in degrees of WGS 84; both or neither."""

    code: Code = Field(examples=["torikatu"])
    name: Text
    municipality: Municipality
    street: Words | None = Field(None, examples=["Torikatu 34"])
    postal_code: str | None = Field(None, pattern=r"^\d{5}$", examples=["90100"])
    latitude: float | None = Field(
        None, strict=True, ge=-90, le=90, allow_inf_nan=False, examples=[65.01]
    )
    longitude: float | None = Field(
        None, strict=True, ge=-180, le=180, allow_inf_nan=False, examples=[25.47]
    )
    hours: tuple[Hours, ...] = Field((), max_length=50)

    @model_validator(mode="after")
    def must_be_a_point(self) -> Self:
        """Refuse half a point."""
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("give latitude and longitude, or neither")
        return self


class Price(Term):
    """What a client pays. 0 is free of charge; null: it depends, and the note says on what."""

    cents: int | None = Field(0, strict=True, ge=0, le=10_000_000, examples=[0])
    note: Text | None = None


class Period(Term):
    """The days that seats are for, both included, like those of a course."""

    starts: Day = Field(examples=["2027-01-11"])
    ends: Day = Field(examples=["2027-05-28"])

    @model_validator(mode="after")
    def must_be_a_period(self) -> Self:
        """Refuse a period that ends before it begins."""
        must_be_in_order(self.starts, self.ends)
        return self


class Service(Term):
    """All that a provider says of its service, but for how many it takes."""

    name: Text
    description: Text
    needs: tuple[str, ...] = Field(min_length=1, max_length=50, examples=[["career_guidance"]])
    audience: Audience = Field(  # the default is told as it was released; it says the same
        Audience(), json_schema_extra={"default": {"municipalities": []}}
    )
    access: Access = Access.BOTH
    channels: tuple[Channel, ...] = Field((), max_length=50)
    places: tuple[Place, ...] = Field((), max_length=100)
    price: Price = Price()
    intensity: Intensity
    theme: Code | None = Field(
        None, examples=["businessasema"], description="A theme of an agreement of the provider's"
    )
    stale_after_days: int = Field(
        30, strict=True, ge=1, le=366, description="Capacity not confirmed for longer is stale"
    )

    @model_validator(mode="after")
    def must_name_each_once(self) -> Self:
        """Refuse a need named twice, and a code that two places share."""
        refuse_twins("needs", self.needs)
        refuse_twins("places", (place.code for place in self.places))
        return self


Seats = Annotated[int, Field(strict=True, ge=0, le=100_000, examples=[12])]


class Capacity(Term):
    """How many a service takes, as its provider declares: at most, and promised elsewhere."""

    capacity: Seats
    taken_elsewhere: Seats = Field(
        0, description="Of these, seats given to others than by a referral", examples=[2]
    )
    capacity_unit: str = Field("client", max_length=20, examples=["client"])
    capacity_period: Period | None = None


def must_be_in_order(first: date | None, last: date | None) -> None:
    """Raise `ValueError` for days in the wrong order."""
    if first is not None and last is not None and first > last:
        raise ValueError("the last day is before the first")
