"""A service in the standard's words, read as an offering; with notes of what was not taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import Field, ValidationError

from partners.domain.catalogue import Access, Capacity, Intensity, Service, Words
from partners.domain.catalogue_codes import LANGUAGES, UNITS
from partners.domain.offering_lifecycle import OfferingStatus
from partners.domain.terms import Term
from partners.hsds.links import Note, codes, text, value
from partners.hsds.reading_places import channels, places
from partners.hsds.records import Attribute, Cost, Seats, ServiceRecord

STATUSES = {
    "active": OfferingStatus.PUBLISHED,
    "inactive": OfferingStatus.PAUSED,
    "temporarily closed": OfferingStatus.PAUSED,
    "defunct": OfferingStatus.ENDED,
}
# What the standard says of a service and the catalogue has no place for. Contacts are people.
NOT_TAKEN = (
    "accreditations", "alert", "alternate_name", "application_process", "assurer_email",
    "contacts", "eligibility_description", "fees_description", "funding",
    "interpretation_services", "program", "required_documents", "schedules",
)  # fmt: skip


class Refused(Exception):
    """A record cannot be taken: each reason with its place in the record."""

    def __init__(self, *reasons: Note) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


class Reading(Term):
    """How another's terms are read."""

    needs: dict[Words, str] = Field(
        default_factory=dict,
        max_length=1000,
        examples=[{"Mental health": "mental_wellbeing"}],
        description="The need that a term stands for, by its id, URI, code or name",
    )
    otherwise: tuple[str, ...] = Field(
        (), max_length=50, description="The needs of a service that names none"
    )
    intensity: Intensity = Field(
        Intensity.GUIDANCE, description="That of a service that does not say"
    )


@dataclass(frozen=True)
class Read:
    """A record, read. `available` seats are left of the capacity; none: it does not say."""

    id: str
    provider: str | None
    status: OfferingStatus
    service: Service
    capacity: Capacity | None
    available: int | None
    notes: tuple[Note, ...]


def read(record: Any, how: Reading) -> Read:
    """Read a record. Raises `Refused`."""
    try:
        found = ServiceRecord.model_validate(record)
        notes = [Note(f"/{n}", "not-taken") for n in NOT_TAKEN if record.get(n)]
        service = service_of(found, how, notes)
        capacity, available = capacity_of(found, notes)
    except ValidationError as error:
        raise Refused(*reasons(error)) from None
    if not is_uuid(found.id):
        raise Refused(Note("/id", "uuid_parsing"))
    if found.status not in STATUSES:
        raise Refused(Note("/status", "unknown-status"))
    status = STATUSES[found.status]
    return Read(found.id, found.provider, status, service, capacity, available, tuple(notes))


def is_uuid(said: str) -> bool:
    """Say whether an id is a UUID, as the standard asks since 3.0."""
    try:
        UUID(said)
    except ValueError:
        return False
    return True


def reasons(error: ValidationError) -> Iterator[Note]:
    """List what is wrong, without what was sent."""
    for wrong in error.errors(include_input=False, include_context=False):
        yield Note("".join(f"/{step}" for step in wrong["loc"]), wrong["type"])


def service_of(found: ServiceRecord, how: Reading, notes: list[Note]) -> Service:
    """Read all but capacity. Raises `ValidationError`."""
    if not found.description:
        notes.append(Note("/description", "name-taken"))
    links = found.attributes
    theme = value(links, "theme")
    stale = value(links, "stale_after_days")
    return Service.model_validate(
        {
            "name": text(found, "name", found.name),
            "description": text(found, "description", found.description or found.name),
            "needs": needs(links, how, notes),
            "audience": audience(found, notes),
            "access": next(iter(codes(links, "access")), Access.BOTH),
            "channels": channels(found, notes),
            "places": places(found, notes),
            "price": price(found.cost_options, notes),
            "intensity": next(iter(codes(links, "intensity")), how.intensity),
            "theme": theme,
            **({"stale_after_days": int(stale)} if stale and stale.isdecimal() else {}),
        }
    )


def needs(links: Iterable[Attribute], how: Reading, notes: list[Note]) -> tuple[str, ...]:
    """Read the needs that are answered: by our terms, by others', or as for one that names none."""
    named = codes(links, "needs")
    theirs = (how.needs.get(n) for a in links if a.taxonomy_term for n in a.taxonomy_term.names)
    found = tuple(dict.fromkeys((*named, *(need for need in theirs if need))))
    if not found and how.otherwise:
        notes.append(Note("/attributes", "needs-assumed"))
    return found or how.otherwise


def audience(found: ServiceRecord, notes: list[Note]) -> dict[str, Any]:
    """Read whom it is for."""
    municipalities: list[str] = []
    for number, area in enumerate(found.service_areas):
        here = codes(area.attributes, "municipalities")
        municipalities += here
        if not here:
            notes.append(Note(f"/service_areas/{number}", "not-understood"))
    languages: list[str] = []
    for number, language in enumerate(found.languages):
        if language.code in LANGUAGES:
            languages.append(str(language.code))
        else:
            notes.append(Note(f"/languages/{number}", "unknown-language"))
    return {
        "age_from": whole(found.minimum_age),
        "age_to": whole(found.maximum_age),
        "municipalities": tuple(dict.fromkeys(municipalities)),
        "situations": codes(found.attributes, "situations"),
        "languages": tuple(dict.fromkeys(languages)),
    }


def whole(number: float | None) -> int | None:
    """Read a whole number that JSON may write with a point."""
    return None if number is None else int(number)


def price(costs: tuple[Cost, ...], notes: list[Note]) -> dict[str, Any]:
    """Read what a client pays, if it is one price in euros; else the words for it."""
    if not costs:
        return {"cents": None}
    cost = costs[0]
    notes += [Note(f"/cost_options/{n}", "not-taken") for n in range(1, len(costs))]
    said = cost.amount_description or cost.option
    note = text(cost, "amount_description", said) if said else None
    if cost.amount is not None and (cost.currency or "eur").lower() != "eur":
        notes.append(Note("/cost_options/0/amount", "not-euros"))
        return {"cents": None, "note": note}
    return {"cents": None if cost.amount is None else round(cost.amount * 100), "note": note}


def capacity_of(found: ServiceRecord, notes: list[Note]) -> tuple[Capacity | None, int | None]:
    """Read how many it takes, and how many more, if it says. Raises `ValidationError`."""
    if not found.capacities:
        return None, None
    notes += [Note(f"/capacities/{n}", "not-taken") for n in range(1, len(found.capacities))]
    seats: Seats = found.capacities[0]
    most = whole(seats.available if seats.maximum is None else seats.maximum)
    unit = seats.unit.identifier if seats.unit.identifier in UNITS else None
    starts, _, ends = (value(found.attributes, "capacity_period") or "").partition("/")
    capacity = Capacity.model_validate(
        {
            "capacity": most,
            **({"capacity_unit": unit} if unit else {}),
            **({"capacity_period": {"starts": starts, "ends": ends}} if ends else {}),
        }
    )
    return capacity, whole(seats.available)
