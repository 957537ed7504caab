"""A service in the standard's words, read as an offering; with notes of what was not taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.texts import Text
from pydantic import Field, ValidationError

from partners.domain.catalogue import Access, Capacity, Intensity, Service, Words
from partners.domain.catalogue_codes import LANGUAGES, UNITS
from partners.domain.offering_lifecycle import OfferingStatus
from partners.domain.terms import Term
from partners.hsds.left_out import FEES, left_out
from partners.hsds.links import Note, codes, text, value
from partners.hsds.reading_places import by_name, reached
from partners.hsds.records import Attribute, Seats, ServiceRecord
from partners.hsds.taxonomies import Taxonomy

STATUSES = {
    "active": OfferingStatus.PUBLISHED,
    "inactive": OfferingStatus.PAUSED,
    "temporarily closed": OfferingStatus.PAUSED,
    "defunct": OfferingStatus.ENDED,
}
MOST_TEXT = 4000  # characters of a text of ours


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


def read(record: Any, how: Reading, there: Taxonomy) -> Read:
    """Read a record; `there` are the municipalities that there are. Raises `Refused`."""
    try:
        found = ServiceRecord.model_validate(record)
        notes = list(left_out(record))
        service = service_of(found, how, there, notes)
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


def service_of(found: ServiceRecord, how: Reading, there: Taxonomy, notes: list[Note]) -> Service:
    """Read all but capacity. Raises `ValidationError`."""
    links = found.attributes
    theme = value(links, "theme")
    stale = value(links, "stale_after_days")
    return Service.model_validate(
        {
            "name": text(found, "name", found.name),
            "description": text(found, "description", description(found, notes)),
            "needs": needs(links, how, notes),
            "audience": audience(found, there, notes),
            "access": next(iter(codes(links, "access")), Access.BOTH),
            **reached(found, there, notes),
            "price": price(found, notes),
            "intensity": next(iter(codes(links, "intensity")), how.intensity),
            "theme": theme,
            **({"stale_after_days": int(stale)} if stale and stale.isdecimal() else {}),
        }
    )


def description(found: ServiceRecord, notes: list[Note]) -> str:
    """Read the description, as far as there is room; without one, the name."""
    if not found.description:
        notes.append(Note("/description", "name-taken"))
    elif len(found.description) > MOST_TEXT:
        notes.append(Note("/description", "cut"))
    return (found.description or found.name)[:MOST_TEXT]


def needs(links: Iterable[Attribute], how: Reading, notes: list[Note]) -> tuple[str, ...]:
    """Read the needs that are answered: by our terms, by others', or as for one that names none."""
    named = codes(links, "needs")
    theirs = (how.needs.get(n) for a in links if a.taxonomy_term for n in a.taxonomy_term.names)
    found = tuple(dict.fromkeys((*named, *(need for need in theirs if need))))
    if not found and how.otherwise:
        notes.append(Note("/attributes", "needs-assumed"))
    return found or how.otherwise


def audience(found: ServiceRecord, there: Taxonomy, notes: list[Note]) -> dict[str, Any]:
    """Read whom it is for. A municipality is known by its code, or by its name."""
    municipalities: list[str] = []
    names = by_name(there)
    for number, area in enumerate(found.service_areas):
        named = names.get((area.name or "").casefold())
        here = codes(area.attributes, "municipalities") or ((named,) if named else ())
        municipalities += here
        if not here:
            notes.append(Note(f"/service_areas/{number}", "not-understood"))
    languages: list[str] = []
    for number, language in enumerate(found.languages):
        code = (language.code or "").lower()
        if code in LANGUAGES:
            languages.append(code)
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


def price(found: ServiceRecord, notes: list[Note]) -> dict[str, Any]:
    """Read what a client pays, if it is one price in euros; else the words for it."""
    fees = [name for name in FEES if getattr(found, name)]
    if not found.cost_options:
        notes += [Note(f"/{name}", "not-taken") for name in fees[1:]]
        words = str(getattr(found, fees[0]))[:MOST_TEXT] if fees else None
        return {"cents": None, "note": words and Text(fi=words)}
    notes += [Note(f"/{name}", "not-taken") for name in fees]
    notes += [Note(f"/cost_options/{n}", "not-taken") for n in range(1, len(found.cost_options))]
    cost = found.cost_options[0]
    said = cost.amount_description or cost.option
    note = text(cost, "amount_description", said) if said else None
    if cost.amount is not None and (cost.currency or "").lower() != "eur":
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
