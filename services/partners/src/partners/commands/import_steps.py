"""What is left to do for a record of a directory, by the offering as it stands."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from kit.database import Transaction
from sqlalchemy import select

from partners.commands.change_offering import ChangeOffering, change_offering
from partners.commands.declare_capacity import DeclareCapacity, declare_capacity
from partners.commands.find import organisation_codes
from partners.commands.known_service import themes_of
from partners.commands.publish_offering import PublishOffering, publish_offering
from partners.commands.step_offering import StepOffering, step_offering
from partners.domain.catalogue import Capacity, Service
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStatus, OfferingStep
from partners.hsds.identity import code_of, organization_id
from partners.hsds.links import Note
from partners.hsds.reading import Read, Refused

Steps = Mapping[str, Callable[[], Awaitable[object]]]

TOWARDS = {
    (OfferingStatus.DRAFT, OfferingStatus.PUBLISHED): OfferingStep.PUBLISH,
    (OfferingStatus.DRAFT, OfferingStatus.PAUSED): OfferingStep.PUBLISH,
    (OfferingStatus.DRAFT, OfferingStatus.ENDED): OfferingStep.END,
    (OfferingStatus.PUBLISHED, OfferingStatus.PAUSED): OfferingStep.PAUSE,
    (OfferingStatus.PUBLISHED, OfferingStatus.ENDED): OfferingStep.END,
    (OfferingStatus.PAUSED, OfferingStatus.PUBLISHED): OfferingStep.RESUME,
    (OfferingStatus.PAUSED, OfferingStatus.ENDED): OfferingStep.END,
}


@dataclass(frozen=True)
class Plan:
    """The offering of a record, the steps that are left in their order, and what to tell."""

    code: str
    steps: Steps
    notes: tuple[Note, ...]


async def steps_left(tx: Transaction, owner: str, found: Read) -> Plan:
    """Plan what makes the owner's offering say what the record says. Raises `Refused`."""
    await must_be_the_owners(tx, owner, found)
    found = await with_known_theme(tx, owner, found)
    if found.capacity is None:
        found = replace(found, notes=(*found.notes, Note("/capacities", "not-said")))
    query = select(Offering).where(Offering.directory_id == UUID(found.id))
    offering = (await tx.scalars(query)).one_or_none()
    if offering is None:
        return taken(tx, owner, found)
    if offering.organisation != owner:
        raise Refused(Note("/id", "another-providers"))
    ended = OfferingStatus.ENDED in (offering.status, found.status)
    if offering.status == OfferingStatus.ENDED != found.status:
        raise Refused(Note("/status", "ended"))
    steps = {} if ended else {**said(tx, offering, found), **held(tx, offering, found)}
    return Plan(offering.code, {**steps, **moved(tx, offering, found)}, found.notes)


async def must_be_the_owners(tx: Transaction, owner: str, found: Read) -> None:
    """Refuse the service of a partner other than the one that the import is for."""
    ids = {str(organization_id(code)): code for code in await organisation_codes(tx)}
    if ids.get(found.provider or "", owner) != owner:
        raise Refused(Note("/organization/id", "another-providers"))


async def with_known_theme(tx: Transaction, owner: str, found: Read) -> Read:
    """Leave out a theme that no agreement of the owner's has."""
    theme = found.service.theme
    if theme is None or theme in await themes_of(tx, owner):
        return found
    service = found.service.model_copy(update={"theme": None})
    return replace(found, service=service, notes=(*found.notes, Note("/attributes", "no-theme")))


def taken(tx: Transaction, owner: str, found: Read) -> Plan:
    """Plan a new offering: seats that are not available are taken elsewhere, and one that does not
    say how many it takes has none until its provider does.
    """
    if found.status == OfferingStatus.ENDED:
        raise Refused(Note("/status", "ended"))
    code = code_of(found.service.name.fi, UUID(found.id))
    capacity = found.capacity or Capacity(capacity=0)
    if found.available is not None:
        elsewhere = max(capacity.capacity - found.available, 0)
        capacity = capacity.model_copy(update={"taken_elsewhere": elsewhere})
    command = PublishOffering(code, owner, found.service, capacity, directory_id=UUID(found.id))
    return Plan(code, {"take": partial(publish_offering, tx, command)}, found.notes)


def said(tx: Transaction, offering: Offering, found: Read) -> Steps:
    """Plan to say otherwise of the service, if the record does."""
    if offering.stated(Service) == found.service:
        return {}
    who = (offering.code, offering.organisation, offering.revision)
    return {"change": partial(change_offering, tx, ChangeOffering(*who, found.service))}


def held(tx: Transaction, offering: Offering, found: Read) -> Steps:
    """Plan to declare another capacity; what is taken elsewhere stays as it was declared here."""
    here = offering.stated(Capacity)
    if found.capacity is None:
        return {}
    there = found.capacity.model_copy(update={"taken_elsewhere": here.taken_elsewhere})
    if here == there:
        return {}
    who = (offering.code, offering.organisation, offering.revision)
    return {"declare": partial(declare_capacity, tx, DeclareCapacity(*who, there))}


def moved(tx: Transaction, offering: Offering, found: Read) -> Steps:
    """Plan the next step towards the record's status."""
    step = TOWARDS.get((OfferingStatus(offering.status), found.status))
    if step is None:
        return {}
    who = (offering.code, offering.organisation, offering.revision)
    return {step: partial(step_offering, tx, StepOffering(*who, step))}
