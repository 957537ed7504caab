"""Say otherwise of a service than before."""

from dataclasses import dataclass

from kit import clock
from kit.database import Transaction
from kit.outbox import publish

from partners.commands.find_offering import own_offering
from partners.commands.known_service import must_name_known_codes
from partners.domain.catalogue import Service
from partners.domain.offering import Offering
from partners.domain.vocabulary import keep_words


@dataclass(frozen=True)
class ChangeOffering:
    """All that the provider says of it now, but for its capacity."""

    code: str
    organisation: str
    expected: int
    service: Service


async def change_offering(tx: Transaction, command: ChangeOffering) -> Offering:
    """Change. Raises `Missing`, `NotTheProvider`, `Stale`, `IllegalStep`, `UnknownCode`."""
    offering = await own_offering(tx, command.code, command.organisation, command.expected)
    await must_name_known_codes(tx, command.service, command.organisation)
    await publish(tx, offering, offering.change(command.service, clock.now()))
    await keep_words(tx, offering)
    return offering
