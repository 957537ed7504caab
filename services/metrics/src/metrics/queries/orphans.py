"""Orphan minutes: a referral is open, and the organisation that answers for it has ended."""

from collections import defaultdict
from datetime import datetime

from kit import clock
from kit.clock import HELSINKI
from kit.database import Transaction
from sqlalchemy import func, select, text

from metrics.domain.months import Month, month_of, span_of
from metrics.domain.projections import Care

MINUTES = text("""
    WITH spell AS (
        SELECT organisation, at AS since,
               lead(at) OVER (PARTITION BY subject ORDER BY revision) AS until
        FROM care
    ), orphan AS (
        SELECT organisation,
               greatest(since, (ends_on + 1)::timestamp AT TIME ZONE :zone) AS since,
               coalesce(until, CAST(:now AS timestamptz)) AS until
        FROM spell JOIN organisation_end ON code = organisation AND ends_on IS NOT NULL
    )
    SELECT organisation, to_char(month, 'YYYY-MM') AS period,
           sum(extract(epoch FROM
               least(until, (month + interval '1 month') AT TIME ZONE :zone)
               - greatest(since, month AT TIME ZONE :zone))) / 60 AS minutes
    FROM orphan CROSS JOIN LATERAL generate_series(
        date_trunc('month', since AT TIME ZONE :zone), until AT TIME ZONE :zone, '1 month'
    ) AS month
    WHERE since < until
    GROUP BY organisation, period
""")


async def minutes(tx: Transaction, *, by: bool) -> dict[str | None, dict[Month, float]]:
    """Sum the minutes of each month; over all, each month since the first referral has a sum."""
    found: dict[str | None, dict[Month, float]] = defaultdict(dict)
    asked = {"zone": HELSINKI.key, "now": clock.now()}
    for row in await tx.execute(MINUTES, asked):
        month, name = span_of(row.period).first, row.organisation if by else None
        found[name][month] = found[name].get(month, 0) + float(row.minutes)
    first: datetime | None = await tx.scalar(select(func.min(Care.at)))
    if first is not None and not by:
        found[None].setdefault(month_of(first), 0)
    return found


async def last_care(tx: Transaction) -> datetime | None:
    """Give the time of the last fact that made somebody responsible."""
    found: datetime | None = await tx.scalar(select(func.max(Care.at)))
    return found
