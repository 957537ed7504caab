"""Sums of what the projections hold, by month and category; months are those of Finland."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kit.clock import HELSINKI
from kit.database import Transaction
from sqlalchemy import ColumnElement, Row, func, literal, select

from metrics.domain.months import Month, span_of
from metrics.domain.projections import Course, Kind, Movement

ALL = None  # the category of a sum over all


def month_of(moment: Any) -> ColumnElement[str]:
    """Give the month of a moment, in SQL."""
    local = func.timezone(HELSINKI.key, moment)
    return func.to_char(local, "YYYY-MM")


async def movements(
    tx: Transaction, kind: Kind, *, by: bool
) -> dict[str | None, dict[Month, float]]:
    """Sum what moved in each month: over all, or for each category."""
    month, category = month_of(Movement.at), Movement.category if by else literal(ALL)
    query = select(category, month, func.sum(Movement.amount)).where(Movement.kind == kind)
    found: dict[str | None, dict[Month, float]] = defaultdict(dict)
    for name, period, amount in await tx.execute(query.group_by(category, month)):
        found[name][span_of(period).first] = amount
    return found


async def decisions(tx: Transaction, *, by: bool) -> Sequence[Row[Any]]:
    """Give for each month (and recipient) how many referrals were decided, how many accepted,
    and the mean and median hours from sending to the decision.
    """
    month, category = month_of(Course.decided_at), Course.recipient if by else literal(ALL)
    hours = func.extract("epoch", Course.decided_at - Course.sent_at) / 3600.0
    query = (
        select(
            month.label("period"),
            category.label("category"),
            func.count().label("decided"),
            func.count().filter(Course.accepted.is_(True)).label("accepted"),
            func.count(hours).label("timed"),
            func.avg(hours).label("mean"),
            func.percentile_cont(0.5).within_group(hours).label("median"),
        )
        .where(Course.decided_at.is_not(None))
        .group_by(month, category)
    )
    return (await tx.execute(query)).all()


async def last_movement(tx: Transaction, *kinds: Kind) -> datetime | None:
    """Give the time of the last fact that moved any of these."""
    found: datetime | None = await tx.scalar(
        select(func.max(Movement.at)).where(Movement.kind.in_(kinds))
    )
    return found


async def last_decision(tx: Transaction) -> datetime | None:
    """Give the time of the last decision on a referral."""
    found: datetime | None = await tx.scalar(select(func.max(Course.decided_at)))
    return found
