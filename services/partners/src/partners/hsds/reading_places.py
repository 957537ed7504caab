"""Where and how a service is reached, read from the standard's words."""

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from sharing.areas import named

from partners.domain.catalogue import Hours, Weekday
from partners.hsds.links import Note, codes, ours, text, value
from partners.hsds.records import Address, AtLocation, Location, Schedule, ServiceRecord
from partners.hsds.writing_places import PLACE_CODE

TIME = re.compile(r"(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
POSTAL_CODE = re.compile(r"\d{5}")
BY_NAME = MappingProxyType(
    {name.casefold(): code for code, row in named("municipality").items() for name in row.names}
)


def spots(found: ServiceRecord) -> Iterator[tuple[str, AtLocation, Location]]:
    """Walk the locations, with their places in the record."""
    for number, spot in enumerate(found.service_at_locations):
        if spot.location:
            yield f"/service_at_locations/{number}/location", spot, spot.location


def places(found: ServiceRecord, notes: list[Note]) -> list[dict[str, Any]]:
    """Read the physical locations whose municipality is known."""
    read: list[dict[str, Any]] = []
    for pointer, spot, location in spots(found):
        if location.location_type == "virtual":
            continue
        address = next(iter(location.addresses), Address())
        municipality = next(iter(codes(location.attributes, "municipalities")), None)
        municipality = municipality or BY_NAME.get((address.city or "").casefold())
        if municipality is None:
            notes.append(Note(pointer, "unknown-municipality"))
            continue
        name = location.name or address.address_1 or found.name
        point = (location.latitude, location.longitude)
        if None in point:
            point = (None, None)
        read.append(
            {
                "code": place_code(location),
                "name": text(location, "name", name),
                "municipality": municipality,
                "street": address.address_1 or value(location.attributes, "address_1"),
                "postal_code": postal_code(location, address, pointer, notes),
                "latitude": point[0],
                "longitude": point[1],
                "hours": tuple(hours(pointer, (*location.schedules, *spot.schedules), notes)),
            }
        )
    return read


def place_code(location: Location) -> str:
    """Give a place's own code, or one made of its id."""
    own = location.external_identifier_type == PLACE_CODE and location.external_identifier
    return own or "p-" + re.sub(r"[^a-z0-9]", "", location.id.lower())[:60]


def postal_code(
    location: Location, address: Address, pointer: str, notes: list[Note]
) -> str | None:
    """Read a Finnish postal code."""
    code = address.postal_code or value(location.attributes, "postal_code")
    if code and not POSTAL_CODE.fullmatch(code):
        notes.append(Note(f"{pointer}/addresses/0/postal_code", "not-finnish"))
        return None
    return code


def channels(found: ServiceRecord, notes: list[Note]) -> list[dict[str, Any]]:
    """Read the ways to reach it from afar: virtual locations, then what only the service names."""
    read = [each for spot in spots(found) for each in remote(*spot, notes)]
    there = {(channel["kind"], channel["address"]) for channel in read}
    also = [
        *(("phone", phone.number) for phone in found.phones),
        *((("email", found.email),) if found.email else ()),
        *((("web", found.url),) if found.url else ()),
        *(("web", page.url) for page in found.additional_urls),
    ]
    new = (each for each in dict.fromkeys(also) if each not in there)
    return [*read, *({"kind": kind, "address": address} for kind, address in new)]


def remote(
    pointer: str, spot: AtLocation, location: Location, notes: list[Note]
) -> Iterator[dict[str, Any]]:
    """Read the channels at a location."""
    phones = [("phone", phone.number) for phone in (*location.phones, *spot.phones)]
    if location.location_type != "virtual":
        ways: list[tuple[str, str]] = phones
    else:
        kinds = ((ours(a.taxonomy_term, "channels"), a.value) for a in location.attributes)
        own = [(kind, address) for kind, address in kinds if kind and address]
        ways = own or [*([("web", location.url)] if location.url else []), *phones]
    virtual = location.location_type == "virtual"
    open_ = tuple(hours(pointer, (*location.schedules, *spot.schedules), notes)) if virtual else ()
    for kind, address in ways:
        name = text(location, "name", location.name) if location.name else None
        yield {"kind": kind, "address": address, "name": name, "hours": open_}


def hours(pointer: str, schedules: Iterable[Schedule], notes: list[Note]) -> Iterator[Hours]:
    """Read the opening hours that repeat every week."""
    for number, schedule in enumerate(schedules):
        try:
            yield Hours.model_validate(week(schedule))
        except (ValidationError, ValueError):
            notes.append(Note(f"{pointer}/schedules/{number}", "not-understood"))


def week(schedule: Schedule) -> dict[str, Any]:
    """Read a week's hours. Raises `ValueError` where they are not of every week or not of a day."""
    repeated = (schedule.freq or "WEEKLY") == "WEEKLY" and (schedule.interval or 1) == 1
    if not repeated or schedule.count or schedule.bymonthday or schedule.byweekno:
        raise ValueError("not every week")
    return {
        "days": tuple(Weekday(day.strip()) for day in (schedule.byday or "").split(",")),
        "opens": clock_time(schedule.opens_at),
        "closes": clock_time(schedule.closes_at),
        "valid_from": schedule.valid_from,
        "valid_until": schedule.valid_to,
        "note": text(schedule, "description", schedule.description)
        if schedule.description
        else None,
    }


def clock_time(said: str | None) -> str:
    """Read a time of the day as it is on the wall there. Raises `ValueError`."""
    found = TIME.fullmatch(said or "")
    if not found:
        raise ValueError("no time")
    return found[1]
