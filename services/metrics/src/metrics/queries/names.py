"""What people call the categories of a dimension."""

from collections.abc import Mapping

from kit.database import Transaction
from kit.texts import Text, text
from sharing.codes import AREAS, MUNICIPALITIES, NEEDS
from sqlalchemy import select

from metrics.domain.copies import NameCopy
from metrics.domain.loop_indicators import DECLINES_NAMED, HELPED_NAMED
from metrics.domain.measures import AREA, DECLINE, HELPED, MUNICIPALITY, NEED, Dimension
from metrics.queries import unemployment


async def names_of(tx: Transaction, dimension: Dimension) -> Mapping[str, Text]:
    """Give the names that are known, by code."""
    if dimension == NEED:
        return {code: text(*names) for code, names in NEEDS.items()}
    if dimension == DECLINE:
        return dict(DECLINES_NAMED)
    if dimension == HELPED:
        return dict(HELPED_NAMED)
    return {**(await official(tx, dimension)), **(await told(tx, dimension))}


async def official(tx: Transaction, dimension: Dimension) -> Mapping[str, Text]:
    """Give the names of places that are known without being told."""
    if dimension == MUNICIPALITY:
        return {code: alike(name) for code, name in MUNICIPALITIES.items()}
    if dimension == AREA:
        labels = {code: alike(name) for code, name in (await unemployment.labels(tx)).items()}
        return labels | {code: text(*names) for code, names in AREAS.items()}
    return {}


async def told(tx: Transaction, dimension: Dimension) -> Mapping[str, Text]:
    """Give the names that facts told."""
    rows = await tx.execute(
        select(NameCopy.code, NameCopy.name).where(NameCopy.dimension == dimension.code)
    )
    return {row.code: Text.model_validate(row.name) for row in rows}


def alike(name: str) -> Text:
    """Make a text of a proper name, which is the same in every language here."""
    return text(name, name, name)
