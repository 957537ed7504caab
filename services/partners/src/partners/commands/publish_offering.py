"""Put a service into the common catalogue, as a draft or for all to see."""

from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.outbox import publish

from partners.commands.find import must_be_free
from partners.commands.known_service import must_name_known_codes, must_name_known_unit
from partners.domain.catalogue import Capacity, Service
from partners.domain.errors import NotRegistered
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStep
from partners.domain.organisation import Organisation
from partners.domain.vocabulary import keep_words


@dataclass(frozen=True)
class PublishOffering:
    """What an organisation offers, for whom, and to how many; `draft`: for its own eyes yet."""

    code: str
    organisation: str
    service: Service
    capacity: Capacity
    draft: bool = False
    directory_id: UUID | None = None  # of the directory that it comes from, if it does


async def publish_offering(tx: Transaction, command: PublishOffering) -> Offering:
    """Publish or draft an offering. Raises `CodeTaken`, `NotRegistered`, `UnknownCode`."""
    await must_be_free(tx, Offering, command.code)
    if await tx.get(Organisation, command.organisation) is None:
        raise NotRegistered
    await must_name_known_codes(tx, command.service, command.organisation)
    must_name_known_unit(command.capacity)
    now = clock.now()
    offering = Offering.of(
        command.code, command.organisation, command.service, command.capacity, now
    )
    if command.directory_id is not None:
        offering.directory_id = command.directory_id
    tx.add(offering)
    fact = offering.drafted() if command.draft else offering.step(OfferingStep.PUBLISH, now)
    await publish(tx, offering, fact)
    await keep_words(tx, offering)
    return offering
