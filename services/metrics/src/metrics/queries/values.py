"""The values of each indicator: one reader for each, by its code."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from kit import clock
from kit.database import Transaction

from metrics.domain import indicators as all_of
from metrics.domain import loop_indicators as loop
from metrics.domain.folds import flow, level
from metrics.domain.measures import AREA, MUNICIPALITY, Indicator
from metrics.domain.months import ALWAYS, Span, month_of, span_of
from metrics.domain.projections import Kind
from metrics.domain.values import Value, count, duration, share
from metrics.queries import orphans, sums, unemployment

Read = Callable[[Transaction, bool, Span], Awaitable[list[Value]]]
Last = Callable[[Transaction], Awaitable[datetime | None]]


async def values_of(
    tx: Transaction, indicator: Indicator, *, by: bool = False, within: Span = ALWAYS
) -> list[Value]:
    """Give an indicator's values, oldest first; with `by`, one for each category of a month."""
    found = await READERS[indicator.code][0](tx, by, within)
    kept = [v for v in found if within.has(span_of(v.period).first)]
    return sorted(kept, key=lambda value: (value.period, value.category or ""))


async def values_in(tx: Transaction, indicator: Indicator, area: str | None) -> list[Value]:
    """Give an indicator's values in one area, oldest first, and nothing where it is not counted
    by area; without an area, over all.
    """
    if area is None:
        return await values_of(tx, indicator)
    categories = {AREA: area, MUNICIPALITY: area.removeprefix("KU")}
    category = categories.get(indicator.by[0])
    return [v for v in await values_of(tx, indicator, by=True) if v.category == category]


async def changed_at(tx: Transaction, indicator: Indicator) -> datetime | None:
    """Give the time of the last fact, or import, that the indicator comes of."""
    return await READERS[indicator.code][1](tx)


def flows(kind: Kind) -> tuple[Read, Last]:
    """Read a count of what happened: over all, 0 in a month without; by category, only what did."""

    async def read(tx: Transaction, by: bool, _within: Span) -> list[Value]:
        now = month_of(clock.now())
        moved = await sums.movements(tx, kind, by=by)
        return [
            count(str(month), category, amount)
            for category, months in moved.items()
            for month, amount in flow(months, now).items()
            if amount or not by
        ]

    return read, lambda tx: sums.last_movement(tx, kind)


def levels(kind: Kind) -> tuple[Read, Last]:
    """Read a level at the end of each month."""

    async def read(tx: Transaction, by: bool, _within: Span) -> list[Value]:
        now = month_of(clock.now())
        return [
            count(str(month), category, height)
            for category, months in (await sums.movements(tx, kind, by=by)).items()
            for month, height in level(months, now).items()
        ]

    return read, lambda tx: sums.last_movement(tx, kind)


async def capacity(tx: Transaction, by: bool, _within: Span) -> list[Value]:
    """Read the share of seats taken at the end of each month since seats were declared."""
    now = month_of(clock.now())
    taken = await sums.movements(tx, Kind.SEATS_TAKEN, by=by)
    maximum = await sums.movements(tx, Kind.SEATS_MAXIMUM, by=by)
    values = []
    for category, declared in maximum.items():
        used = level(taken.get(category, {}), now)
        for month, seats in level(declared, now).items():
            now_taken = ("taken", used.get(month, 0.0))
            values.append(share(str(month), category, now_taken, ("maximum", seats)))
    return values


async def time_to_decision(tx: Transaction, by: bool, _within: Span) -> list[Value]:
    """Read the mean and median time of the referrals decided in each month."""
    return [
        duration(row.period, row.category, float(row.mean), float(row.median), row.timed)
        for row in await sums.decisions(tx, by=by)
        if row.timed
    ]


async def acceptance(tx: Transaction, by: bool, _within: Span) -> list[Value]:
    """Read the share of accepted referrals among those decided in each month."""
    return [
        share(row.period, row.category, ("accepted", row.accepted), ("decided", row.decided))
        for row in await sums.decisions(tx, by=by)
    ]


async def rates(tx: Transaction, by: bool, within: Span) -> list[Value]:
    """Read the unemployment rate."""
    return await unemployment.rates(tx, by=by, within=within)


async def orphan_minutes(tx: Transaction, by: bool, _within: Span) -> list[Value]:
    """Read the minutes in which nobody answered, 0 in a month without since referrals began."""
    now = month_of(clock.now())
    return [
        count(str(month), category, amount)
        for category, months in (await orphans.minutes(tx, by=by)).items()
        for month, amount in flow(months, now).items()
        if amount or not by
    ]


async def seats_moved(tx: Transaction) -> datetime | None:
    """Give the time of the last fact of seats, taken or declared."""
    return await sums.last_movement(tx, Kind.SEATS_TAKEN, Kind.SEATS_MAXIMUM)


READERS: Final[Mapping[str, tuple[Read, Last]]] = MappingProxyType(
    {
        all_of.UNEMPLOYMENT.code: (rates, unemployment.last_import),
        all_of.REFERRAL_TIME.code: (time_to_decision, sums.last_decision),
        all_of.ACCEPTANCE.code: (acceptance, sums.last_decision),
        all_of.LOOPS_CLOSED.code: flows(Kind.LOOPS_CLOSED),
        loop.LOOPS_DISPUTED.code: flows(Kind.LOOPS_DISPUTED),
        loop.DECLINES.code: flows(Kind.DECLINES),
        loop.NO_SHOWS.code: flows(Kind.NO_SHOWS),
        loop.FEEDBACK.code: flows(Kind.FEEDBACK),
        loop.WAITING.code: levels(Kind.WAITING),
        loop.ORPHAN_MINUTES.code: (orphan_minutes, orphans.last_care),
        all_of.CAPACITY.code: (capacity, seats_moved),
        all_of.NEEDS_CONFIRMED.code: flows(Kind.NEEDS_CONFIRMED),
        all_of.VACANCIES_OPEN.code: levels(Kind.VACANCIES_OPEN),
        all_of.VACANCIES_FILLED.code: flows(Kind.VACANCIES_FILLED),
        all_of.PILOT_PLACEMENTS.code: flows(Kind.PLACEMENTS),
    }
)
