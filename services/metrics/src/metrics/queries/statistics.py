"""Imported statistics: series, their vintages, their cells."""

from collections.abc import Collection

from kit.codes import nearest
from kit.database import Transaction
from kit.problems import Missing, UnknownCode
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
        query = query.where(Observation.area == among(area, vintage.areas, "/query/area"))
    if metric is not None:
        query = query.where(Observation.metric == among(metric, vintage.metrics, "/query/metric"))
    return query


def among(code: str, codes: Collection[str], pointer: str) -> str:
    """Give a code back that the statistics have. Official codes are in capitals."""
    if code not in codes:
        raise UnknownCode(pointer=pointer, suggestions=nearest_official(code, codes))
    return code


def nearest_official(code: str, codes: Collection[str]) -> list[str]:
    """Give up to three codes that may have been meant, as they are written."""
    written = {known.lower(): known for known in codes}
    return [written[found] for found in nearest(code, written)]
