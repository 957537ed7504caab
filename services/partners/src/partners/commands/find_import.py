"""Finding what became of an import's records so far."""

from uuid import UUID

from kit.database import Transaction
from sqlalchemy import func, select

from partners.domain.catalogue_import import ImportRecord


async def outcomes(tx: Transaction, id_: UUID) -> dict[str | None, int]:
    """Count an import's records by outcome; under none, those that are still to be taken."""
    query = select(ImportRecord.outcome, func.count()).where(ImportRecord.import_id == id_)
    rows = (await tx.execute(query.group_by(ImportRecord.outcome))).all()
    return dict(rows)
