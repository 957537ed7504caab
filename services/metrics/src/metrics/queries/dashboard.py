"""What the dashboard's pages show."""

from datetime import datetime

from kit.database import Transaction

from metrics.dashboard.pages import (
    Agreement,
    Breakdown,
    Card,
    FrontPage,
    Goal,
    IndicatorPage,
)
from metrics.domain import copies
from metrics.domain.indicators import INDICATORS, Indicator
from metrics.domain.values import Value
from metrics.queries.goals import actual, agreement_in_force
from metrics.queries.names import names_of
from metrics.queries.values import changed_at, values_of


async def front_page(tx: Transaction) -> FrontPage:
    """Gather the agreement in force, its goals, and all indicators in short."""
    agreement = await agreement_in_force(tx)
    cards = [await card_of(tx, indicator) for indicator in INDICATORS.values()]
    return FrontPage(
        agreement=headline(agreement) if agreement else None,
        goals=await goals_of(tx, agreement) if agreement else (),
        cards=tuple(cards),
    )


def headline(agreement: copies.Agreement) -> Agreement:
    """Take of an agreement what the page names."""
    return Agreement(agreement.name, agreement.vision, agreement.valid_from, agreement.valid_until)


async def goals_of(tx: Transaction, agreement: copies.Agreement) -> tuple[Goal, ...]:
    """Gather the goals that an indicator measures."""
    values = await actual(tx, agreement.goals)
    return tuple(
        Goal(
            aim.code,
            aim.name,
            INDICATORS[aim.indicator],
            aim.trajectory,
            tuple(values[aim.indicator]),
        )
        for aim in agreement.goals
        if aim.indicator in values
    )


async def card_of(tx: Transaction, indicator: Indicator) -> Card:
    """Gather an indicator's newest two values."""
    return card(indicator, await values_of(tx, indicator), await changed_at(tx, indicator))


def card(indicator: Indicator, values: list[Value], at: datetime | None) -> Card:
    """Make a card of values, the oldest first."""
    newest = [*values[-2:]]
    latest = newest.pop() if newest else None
    return Card(indicator, latest, newest.pop() if newest else None, at)


async def indicator_page(tx: Transaction, indicator: Indicator) -> IndicatorPage:
    """Gather all of one indicator, and its newest month by dimension."""
    values = await values_of(tx, indicator)
    breakdowns = [await breakdown(tx, indicator, values[-1].period)] if values else []
    return IndicatorPage(
        card=card(indicator, values, await changed_at(tx, indicator)),
        values=tuple(values),
        breakdowns=tuple(breakdowns),
        source=indicator.source,
    )


async def breakdown(tx: Transaction, indicator: Indicator, period: str) -> Breakdown:
    """Gather a month's values by the indicator's dimension, with the names of its categories."""
    dimension = indicator.by[0]
    values = [v for v in await values_of(tx, indicator, by=True) if v.period == period]
    return Breakdown(dimension, period, tuple(values), await names_of(tx, dimension))
