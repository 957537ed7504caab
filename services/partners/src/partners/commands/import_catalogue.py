"""Begin an import of a directory: its records are kept, and taken one by one in the background."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kit import clock, ids
from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from sharing.codes import NEEDS
from sqlalchemy import insert

from partners.commands.find import organisation_codes
from partners.domain.catalogue_import import CatalogueImport, Format, ImportRecord
from partners.domain.errors import NotRegistered
from partners.hsds.reading import Reading

AT_ONCE = 100  # records that are written in one go, which bounds what they take while written


@dataclass(frozen=True)
class ImportCatalogue:
    """Whose offerings the records become, and how they are read."""

    imported_by: str
    organisation: str
    format: Format
    reading: Reading
    records: Sequence[Any]


async def import_catalogue(tx: Transaction, command: ImportCatalogue) -> CatalogueImport:
    """Begin. Raises `NotRegistered`, and `UnknownCode` for a need or a partner that is none."""
    partners = await organisation_codes(tx)
    if command.imported_by not in partners:
        raise NotRegistered
    known(command.organisation, partners, "/body/organisation")
    must_name_needs(command.reading)
    begun = CatalogueImport(
        id=ids.new_id(),
        imported_by=command.imported_by,
        organisation=command.organisation,
        format=command.format,
        reading=command.reading,
        total=len(command.records),
        begun_at=clock.now(),
        ended_at=None,
    )
    tx.add(begun)
    await publish(tx, begun, begun.begun())
    for first in range(0, begun.total, AT_ONCE):
        rows = [
            {"import_id": begun.id, "number": n, "record": each, "steps": [], "notes": []}
            for n, each in enumerate(command.records[first : first + AT_ONCE], first)
        ]
        await tx.execute(insert(ImportRecord), rows)
    return begun


def must_name_needs(reading: Reading) -> None:
    """Check the needs that others' terms stand for. Raises `UnknownCode`."""
    for their, need in reading.needs.items():
        known(need, NEEDS, f"/body/needs/{their.replace('~', '~0').replace('/', '~1')}")
    for number, need in enumerate(reading.otherwise):
        known(need, NEEDS, f"/body/otherwise/{number}")
