"""State anew what an organisation is called, where it sits and what units it has."""

from dataclasses import dataclass

from kit.database import Transaction
from kit.outbox import publish
from kit.texts import Text

from partners.commands.find import found, must_be_at
from partners.commands.register_organisation import checked, must_be_there
from partners.domain.organisation import Organisation
from partners.domain.register import Unit


@dataclass(frozen=True)
class ChangeOrganisation:
    """Its code and its kind stay: what becomes of another kind is another, and succeeds it."""

    code: str
    expected: int
    name: Text
    business_id: str | None
    municipality: str | None
    units: tuple[Unit, ...]


async def change_organisation(tx: Transaction, command: ChangeOrganisation) -> Organisation:
    """Change a partner; the same again says nothing. Raises `Missing`, `Stale`,
    `NotABusinessId`, `UnknownCode`.
    """
    organisation = await found(tx, Organisation, command.code)
    must_be_at(organisation, command.expected)
    await must_be_there(tx, command.municipality, command.units)
    stated = {
        "name": command.name,
        "business_id": checked(command.business_id),
        "municipality": command.municipality,
        "units": command.units,
    }
    if any(getattr(organisation, name) != value for name, value in stated.items()):
        await publish(tx, organisation, organisation.change(**stated))
    return organisation
