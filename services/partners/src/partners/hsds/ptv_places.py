"""The channels of the Finnish Service Catalogue: places, telephones, pages, forms."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from kit.texts import Text
from pydantic import ValidationError

from partners.domain.catalogue import Hours, Weekday
from partners.hsds.coordinates import from_tm35fin
from partners.hsds.links import Note
from partners.hsds.ptv_records import Hour, Joined, Said, ServiceHours, Street, Ways
from partners.hsds.reading_places import POSTAL_CODE, clock_time
from partners.hsds.taxonomies import Taxonomy

DAYS = {
    "Monday": Weekday.MONDAY, "Tuesday": Weekday.TUESDAY, "Wednesday": Weekday.WEDNESDAY,
    "Thursday": Weekday.THURSDAY, "Friday": Weekday.FRIDAY, "Saturday": Weekday.SATURDAY,
    "Sunday": Weekday.SUNDAY,
}  # fmt: skip
WEEKLY = ("DaysOfTheWeek", "Standard")
PAGES = {"EChannel": "form", "PrintableForm": "form"}  # what else has pages is read on the web
PLACE, FAX = "ServiceLocation", "Fax"
HELSINKI = ZoneInfo("Europe/Helsinki")


def called(texts: Iterable[Said], otherwise: str) -> Text:
    """Read a name."""
    said = {each.language: each.value for each in texts if each.type in ("Name", None)}
    fi = said.get("fi") or said.get("sv") or said.get("en") or otherwise
    return Text(fi=fi, sv=said.get("sv"), en=said.get("en"))


def places(found: Joined, there: Taxonomy, notes: list[Note]) -> list[dict[str, Any]]:
    """Read the places whose municipality is known."""
    read: list[dict[str, Any]] = []
    for number, channel in enumerate(found.channels):
        if channel.kind != PLACE:
            continue
        pointer = f"/serviceChannels/{number}"
        visited = [street for address in channel.addresses if (street := address.visited)]
        street = next((s for s in visited if municipality(s) in there.terms), None)
        if street is None:
            notes.append(Note(pointer, "unknown-municipality"))
            continue
        if len(visited) > 1:
            notes.append(Note(f"{pointer}/addresses", "one-taken"))
        read.append(
            {
                "code": f"p-{channel.id.replace('-', '').lower()[:60]}",
                "name": called(channel.names, channel.id),
                "municipality": municipality(street),
                "street": street_of(street),
                "postal_code": postal_code(street),
                **point(street, pointer, notes),
                "hours": tuple(hours(found.link(channel).hours or channel.hours, pointer, notes)),
            }
        )
    return read


def municipality(street: Street) -> str | None:
    """Read the code of a municipality."""
    return street.municipality.code if street.municipality else None


def street_of(street: Street) -> str | None:
    """Read a street and a number, in Finnish if it is said."""
    named = {said.language: said.value for said in street.street}
    name = named.get("fi") or next(iter(named.values()), None)
    return None if name is None else " ".join(filter(None, (name, street.number)))


def postal_code(street: Street) -> str | None:
    """Read a postal code that is of its form."""
    code = street.postal_code
    return code if code and POSTAL_CODE.fullmatch(code) else None


def point(street: Street, pointer: str, notes: list[Note]) -> dict[str, float]:
    """Read a point; what is no point of the plane is not taken."""
    if not street.latitude or not street.longitude:
        return {}
    try:
        north, east = float(street.latitude), float(street.longitude)
        if not (6_500_000 < north < 7_900_000 and 0 < east < 800_000):
            raise ValueError
    except ValueError:
        notes.append(Note(f"{pointer}/addresses", "no-point"))
        return {}
    latitude, longitude = from_tm35fin(north, east)
    return {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}


def channels(found: Joined, notes: list[Note]) -> list[dict[str, Any]]:
    """Read the telephones, addresses and pages of all channels: first those that the service names
    in its link to one.
    """
    read: dict[tuple[str, str], dict[str, Any]] = {}
    for number, channel in enumerate(found.channels):
        name = called(channel.names, channel.id)
        pointer = f"/serviceChannels/{number}"
        link = found.link(channel)
        own = channel.kind != PLACE  # a place's hours are the place's
        open_ = tuple(hours(link.hours or channel.hours, pointer, notes)) if own else ()
        kind_of_page = PAGES.get(channel.kind or "", "web")
        for kind, address in (*ways(link.contact, kind_of_page), *ways(channel, kind_of_page)):
            each = {"kind": kind, "address": address, "name": name, "hours": open_}
            read.setdefault((kind, address), each)
    return list(read.values())


def ways(found: Ways, kind_of_page: str) -> Iterator[tuple[str, str]]:
    """Walk the ways to reach a channel."""
    for phone in (*found.phones, *found.help_phones):
        if phone.type != FAX:
            yield "phone", f"{phone.prefix or ''} {phone.number}".strip()
    for email in (*found.emails, *found.help_emails):
        yield "email", email.value
    for page in found.pages:
        if page.url:
            yield kind_of_page, page.url
    for form in found.forms:
        yield kind_of_page, form.value


def hours(tables: Sequence[ServiceHours], pointer: str, notes: list[Note]) -> Iterator[Hours]:
    """Read the hours that repeat every week; a place that never closes does so at 23.59."""
    for number, table in enumerate(tables):
        told = f"{pointer}/serviceHours/{number}"
        if table.type not in WEEKLY or table.closed or (table.reserved and not table.hours):
            notes.append(Note(told, "not-understood"))
            continue
        lines = [partial(week, table, hour) for hour in table.hours]
        for line in lines or [partial(always, table)]:
            try:
                yield Hours.model_validate(line())
            except (ValidationError, ValueError):
                notes.append(Note(told, "not-understood"))


def always(table: ServiceHours) -> dict[str, Any]:
    """Read a table of a place that is always open."""
    return {"days": tuple(Weekday), "opens": "00:00", "closes": "23:59", **about(table)}


def about(table: ServiceHours) -> dict[str, Any]:
    """Read from which day until which a table holds, and its note. Raises `ValueError`."""
    return {
        "valid_from": day(table.valid_from),
        "valid_until": day(table.valid_to),
        "note": called(table.note, "") if table.note else None,
    }


def day(moment: str | None) -> str | None:
    """Read Finland's day of an instant. Raises `ValueError`."""
    if moment is None:
        return None
    at = datetime.fromisoformat(moment)
    return (at.astimezone(HELSINKI) if at.tzinfo else at).date().isoformat()


def week(table: ServiceHours, hour: Hour) -> dict[str, Any]:
    """Read one line of a table. Raises `ValueError`."""
    return {
        "days": days(hour),
        "opens": clock_time(hour.opens),
        "closes": clock_time(hour.closes),
        **about(table),
    }


def days(hour: Hour) -> tuple[Weekday, ...]:
    """Read the days from one to another, over the week's end if need be. Raises `ValueError`."""
    if hour.day_from not in DAYS or (hour.day_to or hour.day_from) not in DAYS:
        raise ValueError("no day")
    every = list(DAYS)
    first, last = every.index(hour.day_from), every.index(hour.day_to or hour.day_from)
    return tuple(DAYS[every[(first + n) % 7]] for n in range((last - first) % 7 + 1))
