"""The channels of the Finnish Service Catalogue: places, telephones, pages, forms."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kit.texts import Text
from pydantic import ValidationError
from sharing.codes import MUNICIPALITIES

from partners.domain.catalogue import Hours, Weekday
from partners.hsds.coordinates import from_tm35fin
from partners.hsds.links import Note
from partners.hsds.ptv_records import Channel, Hour, Said, ServiceHours, Street
from partners.hsds.reading_places import POSTAL_CODE, clock_time

DAYS = {
    "Monday": Weekday.MONDAY, "Tuesday": Weekday.TUESDAY, "Wednesday": Weekday.WEDNESDAY,
    "Thursday": Weekday.THURSDAY, "Friday": Weekday.FRIDAY, "Saturday": Weekday.SATURDAY,
    "Sunday": Weekday.SUNDAY,
}  # fmt: skip
WEEKLY = ("DaysOfTheWeek", "Standard")
PAGES = {"EChannel": "form"}  # what else has pages is read on the web
PLACE = "ServiceLocation"


def called(texts: Iterable[Said], otherwise: str) -> Text:
    """Read a name."""
    said = {each.language: each.value for each in texts if each.type in ("Name", None)}
    fi = said.get("fi") or said.get("sv") or said.get("en") or otherwise
    return Text(fi=fi, sv=said.get("sv"), en=said.get("en"))


def places(found: Iterable[Channel], notes: list[Note]) -> list[dict[str, Any]]:
    """Read the places whose municipality is known here."""
    read: list[dict[str, Any]] = []
    for number, channel in enumerate(found):
        if channel.kind != PLACE:
            continue
        pointer = f"/serviceChannels/{number}"
        streets = [a.street for a in channel.addresses if a.street and a.type != "Postal"]
        street = next(
            (s for s in streets if s.municipality and s.municipality.code in MUNICIPALITIES), None
        )
        if street is None or street.municipality is None:
            notes.append(Note(pointer, "unknown-municipality"))
            continue
        read.append(
            {
                "code": f"p-{channel.id.replace('-', '').lower()[:60]}",
                "name": called(channel.names, channel.id),
                "municipality": municipality(street),
                "street": street_of(street),
                "postal_code": postal_code(street),
                **point(street, pointer, notes),
                "hours": tuple(hours(channel.hours, pointer, notes)),
            }
        )
    return read


def municipality(street: Street) -> str | None:
    """Read the municipality, if it is one of those known here."""
    code = street.municipality.code if street.municipality else None
    return code if code in MUNICIPALITIES else None


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


def channels(found: Iterable[Channel], notes: list[Note]) -> list[dict[str, Any]]:
    """Read the telephones, addresses and pages of all channels."""
    read: dict[tuple[str, str], dict[str, Any]] = {}
    for number, channel in enumerate(found):
        name = called(channel.names, channel.id)
        pointer = f"/serviceChannels/{number}"
        own = channel.kind != PLACE  # a place's hours are the place's
        open_ = tuple(hours(channel.hours, pointer, notes)) if own else ()
        for kind, address in ways(channel):
            each = {"kind": kind, "address": address, "name": name, "hours": open_}
            read.setdefault((kind, address), each)
    return list(read.values())


def ways(channel: Channel) -> Iterator[tuple[str, str]]:
    """Walk the ways to reach a channel."""
    for phone in channel.phones:
        yield "phone", f"{phone.prefix or ''} {phone.number}".strip()
    for email in channel.emails:
        yield "email", email.value
    for page in channel.pages:
        yield PAGES.get(channel.kind or "", "web"), page.url


def hours(tables: Sequence[ServiceHours], pointer: str, notes: list[Note]) -> Iterator[Hours]:
    """Read the hours that repeat every week."""
    for number, table in enumerate(tables):
        if table.type not in WEEKLY or table.closed or not table.hours:
            notes.append(Note(f"{pointer}/serviceHours/{number}", "not-understood"))
            continue
        for hour in table.hours:
            try:
                yield Hours.model_validate(week(table, hour))
            except (ValidationError, ValueError):
                notes.append(Note(f"{pointer}/serviceHours/{number}", "not-understood"))


def week(table: ServiceHours, hour: Hour) -> dict[str, Any]:
    """Read one line of a table. Raises `ValueError`."""
    return {
        "days": days(hour),
        "opens": clock_time(hour.opens),
        "closes": clock_time(hour.closes),
        "valid_from": table.valid_from and table.valid_from[:10],
        "valid_until": table.valid_to and table.valid_to[:10],
        "note": called(table.note, "") if table.note else None,
    }


def days(hour: Hour) -> tuple[Weekday, ...]:
    """Read the days from one to another, over the week's end if need be. Raises `ValueError`."""
    if hour.day_from not in DAYS or (hour.day_to or hour.day_from) not in DAYS:
        raise ValueError("no day")
    every = list(DAYS)
    first, last = every.index(hour.day_from), every.index(hour.day_to or hour.day_from)
    return tuple(DAYS[every[(first + n) % 7]] for n in range((last - first) % 7 + 1))
