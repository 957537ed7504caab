"""An offering in the standard's words: a service with all that belongs to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.texts import Text

from partners.domain.catalogue import Capacity, Price, Service
from partners.domain.catalogue_codes import UNITS
from partners.domain.offering_lifecycle import OfferingStatus
from partners.hsds.identity import organization_id, part_id
from partners.hsds.links import attribute, named_terms, translations
from partners.hsds.taxonomies import FIXED, Taxonomy
from partners.hsds.writing_places import locations, reached

STATUSES = {
    OfferingStatus.PUBLISHED: "active",
    OfferingStatus.PAUSED: "temporarily closed",
    OfferingStatus.ENDED: "defunct",
}
MINIMAL = ("id", "name", "status", "last_modified")


@dataclass(frozen=True)
class Partner:
    """An organisation, as far as the standard has words for it."""

    code: str
    name: Text
    business_id: str | None = None

    @property
    def id(self) -> str:
        """Its id in the standard."""
        return str(organization_id(self.code))


@dataclass(frozen=True)
class Listed:
    """An offering as it is shown at a moment; `available` counts seats. The municipalities are
    those that there are.
    """

    id: UUID
    provider: Partner
    status: OfferingStatus
    service: Service
    capacity: Capacity
    available: int
    confirmed_at: datetime | None
    changed_at: datetime
    municipalities: Taxonomy


def service(listed: Listed) -> dict[str, Any]:
    """Write all of it."""
    said = listed.service
    return {
        **basics(listed),
        **reached(listed.id, said.channels),
        "languages": languages(listed),
        "service_areas": list(areas(listed)),
        "service_at_locations": locations(listed.id, said, listed.municipalities),
        "cost_options": costs(listed.id, said.price),
        "capacities": capacities(listed),
        "attributes": list(attributes(listed)),
    }


def spots(listed: Listed) -> list[dict[str, Any]]:
    """Write a service at each of its locations; each holds the service, but for its locations."""
    whole = service(listed)
    here = whole.pop("service_at_locations")
    return [{**each, "service": whole} for each in here]


def basics(listed: Listed) -> dict[str, Any]:
    """Write what a service has one of: what a list shows."""
    audience = listed.service.audience
    written = {
        "id": str(listed.id),
        "organization_id": listed.provider.id,
        "name": listed.service.name.fi,
        "description": listed.service.description.fi,
        "status": STATUSES[listed.status],
        "minimum_age": audience.age_from,
        "maximum_age": audience.age_to,
        "last_modified": moment(listed.changed_at),
        "organization": organization(listed.provider),
    }
    return {name: value for name, value in written.items() if value is not None}


def minimal(listed: Listed) -> dict[str, Any]:
    """Write what a harvester needs to see what is new; the schema requires name and status."""
    return {name: basics(listed)[name] for name in MINIMAL}


def organization(partner: Partner) -> dict[str, Any]:
    """Write a partner as a list shows it. The standard requires a description: it is the name."""
    return {"id": partner.id, "name": partner.name.fi, "description": partner.name.fi}


def full_organization(partner: Partner, offers: Iterable[Listed]) -> dict[str, Any]:
    """Write a partner with its business id, its names in other languages, and what it offers in
    short.
    """
    whole = UUID(partner.id)
    identifiers = [
        {
            "id": part_id(whole, "business_id"),
            "organization_id": partner.id,
            "identifier_scheme": "FI-PRO",
            "identifier_type": "company",
            "identifier": partner.business_id,
        }
    ]
    return {
        **organization(partner),
        "organization_identifiers": identifiers if partner.business_id else [],
        "services": [minimal(each) for each in offers],
        "attributes": list(translations(whole, "organization", name=partner.name)),
    }


def moment(at: datetime) -> str:
    """Write an instant with the milliseconds that the standard asks for."""
    return at.isoformat(timespec="milliseconds")


def attributes(listed: Listed) -> Iterator[dict[str, Any]]:
    """Write all links and values of a service."""
    said, whole = listed.service, listed.id
    yield from translations(whole, "service", name=said.name, description=said.description)
    for taxonomy, codes in (
        ("needs", said.needs),
        ("situations", said.audience.situations),
        ("access", [said.access]),
        ("intensity", [said.intensity]),
    ):
        yield from named_terms(whole, "service", FIXED[taxonomy], codes)
    period = listed.capacity.capacity_period
    values = {
        "theme": said.theme,
        "stale_after_days": str(said.stale_after_days),
        "capacity_period": period and f"{period.starts}/{period.ends}",
    }
    for label, value in values.items():
        if value:
            yield attribute(whole, "service", label, link_type=label, label=label, value=value)


def languages(listed: Listed) -> list[dict[str, Any]]:
    """Write the languages that are spoken."""
    return [
        {
            "id": part_id(listed.id, "languages", code),
            "service_id": str(listed.id),
            "name": code,
            "code": code,
        }
        for code in listed.service.audience.languages
    ]


def areas(listed: Listed) -> Iterator[dict[str, Any]]:
    """Write the municipalities that a service is for."""
    there = listed.municipalities
    for code in listed.service.audience.municipalities:
        id_ = UUID(part_id(listed.id, "service_areas", code))
        yield {
            "id": str(id_),
            "service_id": str(listed.id),
            "name": there.names(code)[0],
            "attributes": list(named_terms(id_, "service_area", there, [code])),
        }


def costs(whole: UUID, price: Price) -> list[dict[str, Any]]:
    """Write what a client pays, if that is known."""
    if price == Price(cents=None, note=None):
        return []
    id_ = UUID(part_id(whole, "cost_options"))
    amount = {} if price.cents is None else {"currency": "eur", "amount": price.cents / 100}
    note = {} if price.note is None else {"amount_description": price.note.fi}
    told = list(translations(id_, "cost_option", amount_description=price.note))
    return [{"id": str(id_), "service_id": str(whole), **amount, **note, "attributes": told}]


def capacities(listed: Listed) -> list[dict[str, Any]]:
    """Write how many it takes, and how many more; none while its provider never confirmed it."""
    unit = listed.capacity.capacity_unit
    return [
        {
            "id": part_id(listed.id, "capacities"),
            "service_id": str(listed.id),
            "unit": {
                "id": part_id(listed.id, "capacities", "unit"),
                "name": UNITS.get(unit, (unit, unit, unit))[0],
                "scheme": "Kumppani",
                "identifier": unit,
            },
            "available": listed.available,
            "maximum": listed.capacity.capacity,
            "updated": moment(listed.confirmed_at or listed.changed_at),
        }
    ]
