"""Where and how a service is reached, in the standard's words.

A place is a physical location, a channel a virtual one with hours of its own. Telephones, an
e-mail address and a page stand at the service as well, for readers who look there only.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kit.texts import Text

from partners.domain.catalogue import Channel, Hours, Place, Service
from partners.hsds.identity import part_id, spot_id
from partners.hsds.links import attribute, named_terms, translations
from partners.hsds.taxonomies import FIXED, Taxonomy

PLACE_CODE = "kumppani-place"  # external_identifier_type of a place's own code
EMAIL = re.compile(
    r"[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@([A-Za-z0-9-]*[A-Za-z0-9]\.)+[A-Za-z]{2,20}"
)
PAGE = re.compile(
    r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/[A-Za-z0-9._~/-]*)?(\?[A-Za-z0-9._~=&-]*)?"
)


def locations(whole: UUID, service: Service, municipalities: Taxonomy) -> list[dict[str, Any]]:
    """Write all places and channels of a service."""
    return [
        *(on_site(whole, place, municipalities) for place in service.places),
        *(afar(whole, number, channel) for number, channel in enumerate(service.channels)),
    ]


def at(whole: UUID, location: dict[str, Any]) -> dict[str, Any]:
    """Link a service to a location."""
    id_ = str(spot_id(whole, location["id"]))
    service, place = str(whole), location["id"]
    return {"id": id_, "service_id": service, "location_id": place, "location": location}


def on_site(whole: UUID, place: Place, municipalities: Taxonomy) -> dict[str, Any]:
    """Write a place."""
    id_ = UUID(part_id(whole, "places", place.code))
    point = {"latitude": place.latitude, "longitude": place.longitude}
    location = {
        "id": str(id_),
        "location_type": "physical",
        "name": place.name.fi,
        **({} if place.latitude is None else point),
        "external_identifier": place.code,
        "external_identifier_type": PLACE_CODE,
        "addresses": addresses(id_, place, municipalities),
        "schedules": schedules(id_, place.hours),
        "attributes": [
            *named_terms(id_, "location", municipalities, [place.municipality]),
            *translations(id_, "location", name=place.name),
            *half_address(id_, place),
        ],
    }
    return at(whole, location)


def addresses(whole: UUID, place: Place, municipalities: Taxonomy) -> list[dict[str, Any]]:
    """Write the address; the standard has words only for one with street and postal code."""
    if place.street is None or place.postal_code is None:
        return []
    return [
        {
            "id": part_id(whole, "address"),
            "location_id": str(whole),
            "address_1": place.street,
            "city": municipalities.names(place.municipality)[0],
            "state_province": "",
            "postal_code": place.postal_code,
            "country": "FI",
            "address_type": "physical",
        }
    ]


def half_address(whole: UUID, place: Place) -> list[dict[str, Any]]:
    """Write what there is of an address that is not whole."""
    if place.street is not None and place.postal_code is not None:
        return []
    halves = {"address_1": place.street, "postal_code": place.postal_code}
    return [
        attribute(whole, "location", label, link_type=label, label=label, value=value)
        for label, value in halves.items()
        if value is not None
    ]


def afar(whole: UUID, number: int, channel: Channel) -> dict[str, Any]:
    """Write a channel; whatever its address is, the link to its kind has it as a value."""
    id_ = UUID(part_id(whole, "channels", number))
    kind = FIXED["channels"].term(channel.kind)
    location = {
        "id": str(id_),
        "location_type": "virtual",
        **({"name": channel.name.fi} if channel.name else {}),
        **({"url": channel.address} if PAGE.fullmatch(channel.address) else {}),
        "schedules": schedules(id_, channel.hours),
        "attributes": [
            attribute(
                id_, "location", "channel",
                link_type="channels", value=channel.address, taxonomy_term=kind,
            ),
            *translations(id_, "location", name=channel.name),
        ],
    }  # fmt: skip
    return at(whole, location)


def reached(whole: UUID, channels: Sequence[Channel]) -> dict[str, Any]:
    """Write the telephones, and the first e-mail address and page that are of their form."""
    mails = (c.address for c in channels if c.kind == "email" and EMAIL.fullmatch(c.address))
    pages = (c.address for c in channels if c.kind == "web" and PAGE.fullmatch(c.address))
    first = {"email": next(mails, None), "url": next(pages, None)}
    phones = [
        {
            "id": part_id(whole, "phones", number),
            "service_id": str(whole),
            "number": channel.address,
            "type": "voice",
        }
        for number, channel in enumerate(channels)
        if channel.kind == "phone"
    ]
    return {**{name: value for name, value in first.items() if value}, "phones": phones}


def schedules(whole: UUID, hours: Sequence[Hours]) -> list[dict[str, Any]]:
    """Write opening hours, in Finland's own time: an offset would be wrong for half the year."""
    return [schedule(UUID(part_id(whole, "hours", n)), whole, each) for n, each in enumerate(hours)]


def schedule(id_: UUID, whole: UUID, hours: Hours) -> dict[str, Any]:
    """Write one week's hours."""
    days = {"valid_from": hours.valid_from, "valid_to": hours.valid_until}
    note: Text | None = hours.note
    return {
        "id": str(id_),
        "location_id": str(whole),
        "freq": "WEEKLY",
        "wkst": "MO",
        "byday": ",".join(hours.days),
        "opens_at": hours.opens,
        "closes_at": hours.closes,
        **{name: day.isoformat() for name, day in days.items() if day},
        **({"description": note.fi} if note else {}),
        "attributes": list(translations(id_, "schedule", description=note)),
    }
