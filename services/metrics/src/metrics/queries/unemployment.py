"""The register-based unemployment rate, from the newest vintages of imported statistics.

Numerator and denominator are those of Statistics Finland's table 12r5 (employment service
statistics). The labour force survey has a rate too: another thing, which never mixes with this.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kit.database import Transaction
from sqlalchemy import Row, text

from metrics.domain.jsonstat import SECRET
from metrics.domain.months import Span
from metrics.domain.values import Value, percent

UNEMPLOYED, LABOUR_FORCE = "TYOTTOMATLOPUSSA", "TYOVOIMATK"

# Areas nest: a municipality lies in a sub-region, that in a region, that in the country.
FINEST_FIRST = ("KU", "SK", "MK", "SSS")

# Both numbers of one area and month come from one series: the one that was imported last.
RATES = text(r"""
    SELECT DISTINCT ON (o.area, o.period)
           o.area, o.period,
           max(o.value) FILTER (WHERE o.metric = :unemployed) AS unemployed,
           max(o.value) FILTER (WHERE o.metric = :labour_force) AS labour_force,
           max(o.status) FILTER (WHERE o.value IS NULL) AS status
    FROM series s
    JOIN vintage v ON v.series = s.code AND v.number = s.revision
    JOIN observation o ON o.series = s.code AND o.vintage = s.revision
    WHERE o.metric IN (:unemployed, :labour_force)
      AND o.others = '{}'
      AND o.period BETWEEN :first AND :last
      AND o.period ~ '^\d{4}-\d{2}$'
    GROUP BY o.area, o.period, s.code, v.imported_at
    HAVING count(*) = 2
    ORDER BY o.area, o.period, v.imported_at DESC, s.code
""")

LAST = text("""
    SELECT max(v.imported_at)
    FROM vintage v
    WHERE jsonb_exists(v.metrics, :unemployed) AND jsonb_exists(v.metrics, :labour_force)
""")

CODES = {"unemployed": UNEMPLOYED, "labour_force": LABOUR_FORCE}

LABELS = text("""
    SELECT area.key AS code, area.value #>> '{}' AS label
    FROM vintage v, jsonb_each(v.areas) AS area
    WHERE area.key <> area.value #>> '{}'
    ORDER BY v.imported_at
""")


async def rates(tx: Transaction, *, by: bool, within: Span) -> list[Value]:
    """Give the rate of each month: for each area, or over the finest areas that there are."""
    bounds = {"first": str(within.first), "last": str(within.last)}
    rows = (await tx.execute(RATES, CODES | bounds)).all()
    if by:
        return [rate(row.period, row.area, [row]) for row in rows]
    months: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        months[row.period].append(row)
    return [rate(period, None, finest(areas)) for period, areas in months.items()]


def finest(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Give the rows of the smallest kind of area, so that nobody is counted twice."""
    kinds: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        kinds[fineness(row.area)].append(row)
    return kinds[min(kinds)]


def fineness(area: str) -> int:
    """Rank an area's code by its kind; one without letters is a municipality's."""
    kind = area.rstrip("0123456789") or "KU"
    return FINEST_FIRST.index(kind) if kind in FINEST_FIRST else len(FINEST_FIRST)


def rate(period: str, area: str | None, rows: list[Row[Any]]) -> Value:
    """Sum persons, then divide. Where one area's number is not told, the sum is not known."""
    areas = tuple(sorted(row.area for row in rows))
    for row in rows:
        if row.unemployed is None or row.labour_force is None:
            return Value(period, None, {}, area, row.status or SECRET, areas)
    unemployed = sum(row.unemployed for row in rows)
    labour_force = sum(row.labour_force for row in rows)
    parts = {"unemployed": unemployed, "labour_force": labour_force}
    if area is None:
        parts["areas"] = len(areas)
    return Value(period, percent(unemployed, labour_force), parts, area, areas=areas)


async def last_import(tx: Transaction) -> datetime | None:
    """Give the time of the last import that had both numbers."""
    found: datetime | None = await tx.scalar(LAST, CODES)
    return found


async def labels(tx: Transaction) -> dict[str, str]:
    """Give the areas' names as the statistics have them; the newest import's hold."""
    return {row.code: row.label for row in await tx.execute(LABELS)}
