"""Reading imports: they are their organisations' business."""

from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing

from partners.api.import_views import CatalogueImportView
from partners.commands.find_import import outcomes
from partners.domain.catalogue_import import CatalogueImport


async def import_seen_by(tx: Transaction, id_: UUID, reader: str) -> CatalogueImport:
    """Give an import to who began it, and to whose offerings they are. Raises `Missing`."""
    found = await tx.get(CatalogueImport, id_)
    if found is None or reader not in (found.imported_by, found.organisation):
        raise Missing
    return found


async def import_view(tx: Transaction, id_: UUID, reader: str) -> CatalogueImportView:
    """Show an import. Raises `Missing`."""
    found = await import_seen_by(tx, id_, reader)
    return CatalogueImportView.of(found, await outcomes(tx, id_))
