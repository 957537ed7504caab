"""The channels of the Finnish Service Catalogue: places, telephones, pages, forms."""

from collections.abc import Iterator
from typing import Any

from partners.hsds.coordinates import from_tm35fin
from partners.hsds.links import Note
from partners.hsds.ptv_hours import hours
from partners.hsds.ptv_records import Joined, Street, Ways
from partners.hsds.ptv_texts import called
from partners.hsds.reading_places import POSTAL_CODE
from partners.hsds.taxonomies import Taxonomy

PAGES = {"EChannel": "form", "PrintableForm": "form"}  # what else has pages is read on the web
PLACE, FAX = "ServiceLocation", "Fax"


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
