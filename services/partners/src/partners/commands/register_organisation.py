"""Register a partner."""

from dataclasses import dataclass

from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from kit.texts import Text
from sharing.codes import MUNICIPALITIES
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from partners.commands.find import must_be_free
from partners.domain.errors import NotABusinessId
from partners.domain.organisation import Organisation
from partners.domain.terms import Kind


@dataclass(frozen=True)
class RegisterOrganisation:
    """Its code is its own for ever; its business id may be others' too."""

    code: str
    kind: Kind
    name: Text
    business_id: str | None
    municipality: str | None


async def register_organisation(tx: Transaction, command: RegisterOrganisation) -> Organisation:
    """Register a partner. Raises `CodeTaken`, `NotABusinessId`, `UnknownCode`."""
    await must_be_free(tx, Organisation, command.code)
    if command.municipality is not None:
        known(command.municipality, MUNICIPALITIES, "/body/municipality")
    organisation = Organisation(
        code=command.code,
        kind=command.kind,
        name=command.name,
        business_id=None if command.business_id is None else checked(command.business_id),
        municipality=command.municipality,
    )
    tx.add(organisation)
    await publish(tx, organisation, organisation.registered())
    return organisation


def checked(business_id: str) -> str:
    """Check a business id, and write it as `1234567-1`. Raises `NotABusinessId`."""
    try:
        ytunnus.validate(business_id)
    except ValidationError as error:
        raise NotABusinessId(pointer="/body/business_id") from error
    return str(ytunnus.format(business_id))
