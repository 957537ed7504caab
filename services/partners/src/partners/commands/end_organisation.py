"""Set an organisation's last day."""

from dataclasses import dataclass
from datetime import date

from kit.database import Transaction
from kit.outbox import publish

from partners.commands.find import found, must_be_at
from partners.commands.register_client import end_clients
from partners.domain.organisation import Organisation


@dataclass(frozen=True)
class EndOrganisation:
    """An organisation is never deleted: history must stay true."""

    code: str
    expected: int
    on: date


async def end_organisation(tx: Transaction, command: EndOrganisation) -> Organisation:
    """Set the last day, included, of it and of its machine clients; what it owns stays. Raises
    `Missing`, `Stale`.
    """
    organisation = await found(tx, Organisation, command.code)
    must_be_at(organisation, command.expected)
    if organisation.ends_on != command.on:
        await publish(tx, organisation, organisation.end(command.on))
        await end_clients(tx, command.code, command.on)
    return organisation
