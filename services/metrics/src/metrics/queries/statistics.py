"""Imported statistics: series, their vintages, their cells."""

from kit.codes import known
from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import Select, and_, select

from metrics.domain.series import Observation, Series, Vintage


def newest() -> Select[Series, Vintage]:
    """Select every series with its newest vintage."""
    return select(Series, Vintage).join(
        Vintage, and_(Vintage.series == Series.code, Vintage.number == Series.revision)
    )


async def vintages_of(tx: Transaction, series: str) -> list[Vintage]:
    """Give a series's vintages, the newest first. Raises `Missing`."""
    query = select(Vintage).where(Vintage.series == series).order_by(Vintage.number.desc())
    found = list((await tx.scalars(query)).all())
    if not found:
        raise Missing
    return found


def cells(vintage: Vintage, area: str | None, metric: str | None) -> Select[Observation]:
    """Select a vintage's cells, all or of one area or metric. Raises `UnknownCode`."""
    query = select(Observation).where(
        Observation.series == vintage.series, Observation.vintage == vintage.number
    )
    if area is not None:
        query = query.where(Observation.area == known(area, vintage.areas, "/query/area"))
    if metric is not None:
        query = query.where(Observation.metric == known(metric, vintage.metrics, "/query/metric"))
    return query
