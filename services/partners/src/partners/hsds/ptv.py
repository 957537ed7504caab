"""A service of the Finnish Service Catalogue (PTV, API v11), read as an offering."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from kit.database import dumps
from pydantic import ValidationError

from partners.domain.catalogue import Service
from partners.domain.catalogue_codes import LANGUAGES
from partners.domain.offering_lifecycle import OfferingStatus
from partners.hsds.links import Note
from partners.hsds.ptv_places import channels as channels_of
from partners.hsds.ptv_places import places
from partners.hsds.ptv_records import Joined
from partners.hsds.ptv_records import Service as Record
from partners.hsds.ptv_texts import text
from partners.hsds.reading import Read, Reading, Refused, is_uuid, reasons
from partners.hsds.taxonomies import Taxonomy

STATUSES = {"Published": OfferingStatus.PUBLISHED, "Deleted": OfferingStatus.ENDED}
PRICES: Mapping[str, int | None] = {"FreeOfCharge": 0}
NOT_TAKEN = (
    "industrialClasses", "keywords", "legislation", "requirements",
    "serviceCollections", "serviceVouchers",
)  # fmt: skip
GENERAL = ("GD_Description", "GD_Summary")  # texts of the general description that it refers to
# The first that there are; a description of one's own goes on where a general one ends.
DESCRIPTIONS = (("GD_Description", "Description"), ("Summary",), ("GD_Summary",))
TAKEN_TEXTS = ("Summary", "Description", "ChargeTypeAdditionalInfo", *GENERAL, None)


def joined(services: Sequence[Any], channels: Sequence[Any]) -> list[Any]:
    """Put each service together with the channels that it names."""
    known = {
        channel["id"]: channel
        for channel in channels
        if isinstance(channel, dict) and isinstance(channel.get("id"), str)
    }
    return [
        {"service": service, "channels": [known[id_] for id_ in named(service) if id_ in known]}
        for service in services
    ]


def bytes_of_channels(records: Iterable[Any]) -> int:
    """Count the bytes of all records' channels: each is kept with every service that names it."""
    sizes: dict[str, int] = {}
    total = 0
    for channel in (each for record in records for each in record["channels"]):
        if channel["id"] not in sizes:
            sizes[channel["id"]] = len(dumps(channel))
        total += sizes[channel["id"]]
    return total


def named(service: Any) -> list[str]:
    """Give the ids of the channels that a service names, whatever else it says."""
    links = service.get("serviceChannels") if isinstance(service, dict) else None
    ids = [
        channel.get("id")
        for link in (links if isinstance(links, list) else [])
        if isinstance(link, dict) and isinstance(channel := link.get("serviceChannel"), dict)
    ]
    return [id_ for id_ in dict.fromkeys(ids) if isinstance(id_, str)]


def read(record: Any, how: Reading, there: Taxonomy) -> Read:
    """Read a service and its channels; `there` are the municipalities that there are.

    Raises `Refused`.
    """
    try:
        found = Joined.model_validate(record)
        notes = list(left_out(record["service"], found.service))
        service = service_of(found, how, there, notes)
    except ValidationError as error:
        raise Refused(*reasons(error)) from None
    if not is_uuid(found.service.id):
        raise Refused(Note("/id", "uuid_parsing"))
    if found.service.status not in STATUSES:
        raise Refused(Note("/publishingStatus", "not-published"))
    status, provider = STATUSES[found.service.status], responsible(found.service)
    return Read(found.service.id, provider, status, service, None, None, tuple(notes))


def left_out(sent: dict[str, Any], service: Record) -> Iterator[Note]:
    """Walk what the catalogue has no place for."""
    yield from (Note(f"/{name}", "not-taken") for name in NOT_TAKEN if sent.get(name))
    if sent.get("generalDescriptionId"):
        told = any(said.type in GENERAL for said in service.descriptions)
        yield Note("/generalDescriptionId", "texts-taken" if told else "texts-not-sent")
    for number, said in enumerate(service.descriptions):
        if said.type not in TAKEN_TEXTS:
            yield Note(f"/serviceDescriptions/{number}", "not-taken")


def responsible(service: Record) -> str | None:
    """Give the id of the organisation that answers for a service."""
    for each in service.organizations:
        if each.role == "Responsible" and each.organization:
            return each.organization.id
    return None


def service_of(found: Joined, how: Reading, there: Taxonomy, notes: list[Note]) -> Service:
    """Read all that it says. Raises `ValidationError` and `Refused`."""
    service = found.service
    name = text(service.names, ("Name",), "/serviceNames", notes)
    if name is None:
        raise Refused(Note("/serviceNames", "missing"))
    said = partial(text, service.descriptions)
    described = (said(types, "/serviceDescriptions", notes) for types in DESCRIPTIONS)
    charge = said(("ChargeTypeAdditionalInfo",), "/serviceDescriptions", notes)
    audience = {
        "municipalities": municipalities(service, there, notes),
        "languages": languages(service, notes),
    }
    return Service.model_validate(
        {
            "name": name,
            "description": next(filter(None, described), name),
            "needs": needs(service, how, notes),
            "audience": audience,
            "channels": channels_of(found, notes),
            "places": places(found, there, notes),
            "price": {"cents": PRICES.get(service.charge or ""), "note": charge},
            "intensity": how.intensity,
        }
    )


def needs(service: Record, how: Reading, notes: list[Note]) -> tuple[str, ...]:
    """Read the needs that terms, classes, life events and groups stand for."""
    coded = (*service.terms, *service.classes, *service.events, *service.groups)
    named_ = (how.needs.get(name) for each in coded for name in each.names)
    found = tuple(dict.fromkeys(need for need in named_ if need))
    if not found and how.otherwise:
        notes.append(Note("/ontologyTerms", "needs-assumed"))
    return found or how.otherwise


def municipalities(service: Record, there: Taxonomy, notes: list[Note]) -> tuple[str, ...]:
    """Read for whose people it is. Raises `Refused` where that is nobody here."""
    if service.area_type != "LimitedType":
        return ()
    codes = [place.code or "" for area in service.areas for place in area.municipalities]
    here = tuple(dict.fromkeys(code for code in codes if code in there.terms))
    if not here:
        raise Refused(Note("/areas", "nobody-here"))
    if len(here) < len(set(codes)) or any(not area.municipalities for area in service.areas):
        notes.append(Note("/areas", "not-all-known"))
    return here


def languages(service: Record, notes: list[Note]) -> tuple[str, ...]:
    """Read the languages that are spoken."""
    for number, code in enumerate(service.languages):
        if code not in LANGUAGES:
            notes.append(Note(f"/languages/{number}", "unknown-language"))
    return tuple(dict.fromkeys(code for code in service.languages if code in LANGUAGES))
