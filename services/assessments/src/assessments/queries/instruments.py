"""Reading instruments: they are everyone's."""

from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import Select, select

from assessments.domain.publication import Publication, name_of


def all_instruments() -> Select[Publication]:
    """Select every version of every instrument."""
    return select(Publication)


async def published_instrument(tx: Transaction, code: str, version: int) -> Publication:
    """Find one version. Raises `Missing`."""
    found = await tx.get(Publication, name_of(code, version))
    if found is None:
        raise Missing
    return found
