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
from metrics.domain.months import span_of
from metrics.domain.values import Value
from metrics.queries.goals import agreement_in_force
from metrics.queries.names import names_of
from metrics.queries.values import changed_at, values_of


async def front_page(tx: Transaction) -> FrontPage:
    """Gather the agreement in force, its goals, and all indicators in short."""
    agreement = await agreement_in_force(tx)
    values = {code: await values_of(tx, each) for code, each in INDICATORS.items()}
    cards = [
        card(each, values[code], await changed_at(tx, each)) for code, each in INDICATORS.items()
    ]
    return FrontPage(
        agreement=headline(agreement) if agreement else None,
        goals=goals_of(agreement, values) if agreement else (),
        cards=tuple(cards),
    )


def headline(agreement: copies.Agreement) -> Agreement:
    """Take of an agreement what the page names."""
    return Agreement(agreement.name, agreement.vision, agreement.valid_from, agreement.valid_until)


def goals_of(agreement: copies.Agreement, values: dict[str, list[Value]]) -> tuple[Goal, ...]:
    """Gather the goals that an indicator measures."""
    return tuple(
        Goal(aim.code, aim.name, INDICATORS[aim.indicator], aim.trajectory, tuple(found))
        for aim in agreement.goals
        if (found := values.get(aim.indicator)) is not None
    )


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
    values = await values_of(tx, indicator, by=True, within=span_of(period))
    return Breakdown(dimension, period, tuple(values), await names_of(tx, dimension))
