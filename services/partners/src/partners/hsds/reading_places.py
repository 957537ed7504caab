"""Where and how a service is reached, read from the standard's words."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from partners.domain.catalogue import Hours, Weekday
from partners.hsds.links import Note, codes, ours, text, value
from partners.hsds.records import Address, AtLocation, Location, Schedule, ServiceRecord
from partners.hsds.taxonomies import Taxonomy
from partners.hsds.writing_places import PLACE_CODE

TIME = re.compile(r"(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
POSTAL_CODE = re.compile(r"\d{5}")
FAX = "fax"


def by_name(municipalities: Taxonomy) -> dict[str, str]:
    """Give the codes of municipalities by what they are called, in small letters."""
    called = municipalities.terms.items()
    return {name.casefold(): code for code, names in called for name in names}


def reached(
    found: ServiceRecord, municipalities: Taxonomy, notes: list[Note]
) -> dict[str, list[dict[str, Any]]]:
    """Read places and channels. The service's own hours are those of its places that say none of
    theirs; where it has no place, of its channels.
    """
    there, afar = places(found, municipalities, notes), channels(found, notes)
    own = tuple(hours("", found.schedules, notes))
    for each in there or afar:
        each["hours"] = each.get("hours") or own
    if own and not (there or afar):
        notes.append(Note("/schedules", "not-taken"))
    return {"places": there, "channels": afar}


def spots(found: ServiceRecord) -> Iterator[tuple[str, AtLocation, Location]]:
    """Walk the locations, with their places in the record."""
    for number, spot in enumerate(found.service_at_locations):
        if spot.location:
            yield f"/service_at_locations/{number}/location", spot, spot.location


def places(
    found: ServiceRecord, municipalities: Taxonomy, notes: list[Note]
) -> list[dict[str, Any]]:
    """Read the physical locations whose municipality is known."""
    read: list[dict[str, Any]] = []
    names = by_name(municipalities)
    for pointer, spot, location in spots(found):
        if location.location_type == "virtual":
            continue
        address = address_of(location)
        municipality = next(iter(codes(location.attributes, "municipalities")), None)
        municipality = municipality or names.get((address.city or "").casefold())
        if location.location_type == "postal" or municipality is None:
            code = "unknown-municipality" if municipality is None else "not-taken"
            notes.append(Note(pointer, code))
            continue
        name = location.name or address.address_1 or found.name
        read.append(
            {
                "code": place_code(location),
                "name": text(location, "name", name),
                "municipality": municipality,
                "street": address.address_1 or value(location.attributes, "address_1"),
                "postal_code": postal_code(location, address, pointer, notes),
                **point(location, pointer, notes),
                "hours": tuple(hours(pointer, (*location.schedules, *spot.schedules), notes)),
            }
        )
    return read


def address_of(location: Location) -> Address:
    """Give the address that one goes to, else any."""
    visited = (each for each in location.addresses if each.address_type == "physical")
    return next(visited, None) or next(iter(location.addresses), Address())


def point(location: Location, pointer: str, notes: list[Note]) -> dict[str, float | None]:
    """Read a point; half of one, or one that is nowhere on Earth, is not taken."""
    latitude, longitude = location.latitude, location.longitude
    if latitude is None and longitude is None:
        return {}
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        notes.append(Note(f"{pointer}/latitude", "no-point"))
        return {}
    return {"latitude": latitude, "longitude": longitude}


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
        *(("phone", phone.whole) for phone in found.phones if phone.type != FAX),
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
    there = (*location.phones, *spot.phones)
    phones = [("phone", phone.whole) for phone in there if phone.type != FAX]
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
        "valid_from": schedule.valid_from or schedule.dtstart,
        "valid_until": schedule.valid_to or schedule.until,
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
