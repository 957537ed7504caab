"""What is read of a directory: the standard's words that the catalogue has a place for."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Word = Annotated[str, StringConstraints(max_length=4000)]
LongWord = Annotated[str, StringConstraints(max_length=100_000)]
Many = Field(default=(), max_length=1000)


class Record(BaseModel):
    """A part of a directory. Null is as good as nothing; what is not read here is left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def null_is_nothing(cls, said: Any) -> Any:
        """Drop members that are null or an empty text."""
        if not isinstance(said, dict):
            return said
        return {name: value for name, value in said.items() if value not in (None, "")}

    @model_validator(mode="before")
    @classmethod
    def lists_are_tuples(cls, said: Any) -> Any:
        """Take JSON's arrays for the frozen ones here."""
        if not isinstance(said, dict):
            return said
        return {n: tuple(value) if isinstance(value, list) else value for n, value in said.items()}


class Term(Record):
    """A term of a taxonomy, ours or another's. `term` is the UK profile's for a name."""

    id: Word | None = None
    code: Word | None = None
    name: Word | None = None
    term: Word | None = None
    taxonomy: Word | None = None
    taxonomy_id: Word | None = None
    term_uri: Word | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All that it may be called by."""
        return tuple(n for n in (self.id, self.term_uri, self.code, self.name, self.term) if n)


class Attribute(Record):
    """A link to a term, or a value under a label."""

    link_type: Word | None = None
    label: Word | None = None
    value: Word | None = None
    taxonomy_term: Term | None = None


class Labelled(Record):
    """A part that may have links."""

    attributes: tuple[Attribute, ...] = Many


class Schedule(Labelled):
    """When something is open."""

    freq: Word | None = None
    interval: float | None = None
    count: float | None = None
    byday: Word | None = None
    bymonthday: Word | None = None
    byweekno: Word | None = None
    opens_at: Word | None = None
    closes_at: Word | None = None
    valid_from: Word | None = None
    valid_to: Word | None = None
    dtstart: Word | None = None
    until: Word | None = None
    description: Word | None = None


class Address(Record):
    """Where a location is."""

    address_1: Word | None = None
    city: Word | None = None
    postal_code: Word | None = None
    address_type: Word | None = None


class Phone(Record):
    """A telephone number; `type` by RFC 6350."""

    number: Word
    extension: float | None = None
    type: Word | None = None

    @property
    def whole(self) -> str:
        """The number with its extension, as RFC 3966 writes one."""
        return self.number if self.extension is None else f"{self.number};ext={self.extension:.0f}"


class Location(Labelled):
    """A place, or a way to reach a service without going anywhere."""

    id: Word
    location_type: Word = "physical"
    name: Word | None = None
    url: Word | None = None
    latitude: float | None = None
    longitude: float | None = None
    external_identifier: Word | None = None
    external_identifier_type: Word | None = None
    addresses: tuple[Address, ...] = Many
    phones: tuple[Phone, ...] = Many
    schedules: tuple[Schedule, ...] = Many


class AtLocation(Record):
    """A service at a location, with hours of its own if any."""

    location: Location | None = None
    schedules: tuple[Schedule, ...] = Many
    phones: tuple[Phone, ...] = Many


class ServiceArea(Labelled):
    """Where people live whom a service is for."""

    name: Word | None = None


class Language(Record):
    """A language that is spoken."""

    code: Word | None = None
    name: Word | None = None


class Cost(Labelled):
    """What a client pays."""

    currency: Word | None = None
    amount: float | None = None
    amount_description: Word | None = None
    option: Word | None = None


class Unit(Record):
    """In what seats are counted."""

    identifier: Word | None = None


class Seats(Record):
    """How many a service takes."""

    unit: Unit = Unit()
    available: float | None = None
    maximum: float | None = None


class Url(Record):
    """A page."""

    url: Word


class Organization(Record):
    """Who gives a service."""

    id: Word | None = None


class ServiceRecord(Labelled):
    """A service of a directory."""

    id: Word
    name: Word
    status: Word = "active"
    organization_id: Word | None = None
    organization: Organization | None = None
    description: LongWord | None = None
    url: Word | None = None
    email: Word | None = None
    fees_description: LongWord | None = None
    fees: LongWord | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    additional_urls: tuple[Url, ...] = Many
    phones: tuple[Phone, ...] = Many
    schedules: tuple[Schedule, ...] = Many
    languages: tuple[Language, ...] = Many
    service_areas: tuple[ServiceArea, ...] = Many
    service_at_locations: tuple[AtLocation, ...] = Many
    cost_options: tuple[Cost, ...] = Many
    capacities: tuple[Seats, ...] = Many

    @property
    def provider(self) -> str | None:
        """The id of who gives it."""
        return self.organization_id or (self.organization.id if self.organization else None)

    @model_validator(mode="after")
    def must_not_contradict(self) -> Self:
        """Refuse a service of two organisations."""
        nested = self.organization.id if self.organization else None
        if self.organization_id and nested and nested != self.organization_id:
            raise ValueError("organization.id is not organization_id")
        return self
