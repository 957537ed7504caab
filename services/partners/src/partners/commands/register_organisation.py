"""Register a partner."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from kit.texts import Text
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from partners.commands.find import municipality_codes, must_be_free
from partners.domain.errors import NotABusinessId
from partners.domain.organisation import Organisation
from partners.domain.register import Kind, Unit


@dataclass(frozen=True)
class RegisterOrganisation:
    """Its code is its own for ever; its business id may be others' too."""

    code: str
    kind: Kind
    name: Text
    business_id: str | None
    municipality: str | None
    units: tuple[Unit, ...]


async def register_organisation(tx: Transaction, command: RegisterOrganisation) -> Organisation:
    """Register a partner. Raises `CodeTaken`, `NotABusinessId`, `UnknownCode`."""
    await must_be_free(tx, Organisation, command.code)
    await must_be_there(tx, command.municipality, command.units)
    organisation = Organisation(
        code=command.code,
        kind=command.kind,
        name=command.name,
        business_id=checked(command.business_id),
        municipality=command.municipality,
        units=command.units,
        mandates=(),
        successions=(),
    )
    tx.add(organisation)
    await publish(tx, organisation, organisation.registered())
    return organisation


async def must_be_there(tx: Transaction, municipality: str | None, units: Sequence[Unit]) -> None:
    """Raise `UnknownCode` where an organisation or a unit of it is in no municipality."""
    there = await municipality_codes(tx)
    if municipality is not None:
        known(municipality, there, "/body/municipality")
    for i, unit in enumerate(units):
        if unit.municipality is not None:
            known(unit.municipality, there, f"/body/units/{i}/municipality")


def checked(business_id: str | None) -> str | None:
    """Check a business id, and write it as `1234567-1`. Raises `NotABusinessId`."""
    if business_id is None:
        return None
    try:
        ytunnus.validate(business_id)
    except ValidationError as error:
        raise NotABusinessId(pointer="/body/business_id") from error
    return str(ytunnus.format(business_id))
