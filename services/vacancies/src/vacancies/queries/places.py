"""The places of today."""

from kit import clock
from kit.database import Transaction
from sqlalchemy import select

from vacancies.domain.copies import AreaCopy
from vacancies.domain.places import Area, Places


async def places_today(tx: Transaction) -> Places:
    """Give the municipalities that are known, those that were imported included."""
    imported = await tx.scalars(select(AreaCopy.area))
    return Places.on(clock.today(), map(Area.model_validate, imported))
