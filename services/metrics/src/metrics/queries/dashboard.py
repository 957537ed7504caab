"""What the dashboard's pages show."""

from kit.database import Transaction

from metrics.dashboard.pages import (
    Agreement,
    Breakdown,
    Card,
    FrontPage,
    Goal,
    IndicatorPage,
    named,
)
from metrics.domain import copies
from metrics.domain.indicators import INDICATORS
from metrics.domain.measures import AREA, Indicator
from metrics.domain.months import span_of
from metrics.domain.values import Value
from metrics.queries.goals import actual, agreement_in_force
from metrics.queries.names import names_of
from metrics.queries.values import changed_at, values_of


async def front_page(tx: Transaction) -> FrontPage:
    """Gather the agreement in force, its goals, and all indicators in short."""
    agreement = await agreement_in_force(tx)
    cards = [await card(tx, each, await values_of(tx, each)) for each in INDICATORS.values()]
    return FrontPage(
        agreement=headline(agreement) if agreement else None,
        goals=await goals_of(tx, agreement) if agreement else (),
        cards=tuple(cards),
    )


def headline(agreement: copies.Agreement) -> Agreement:
    """Take of an agreement what the page names."""
    return Agreement(
        agreement.name,
        agreement.vision,
        agreement.version,
        agreement.valid_from,
        agreement.valid_until,
    )


async def goals_of(tx: Transaction, agreement: copies.Agreement) -> tuple[Goal, ...]:
    """Gather the goals that an indicator measures."""
    stand, names = await actual(tx, agreement.goals), await names_of(tx, AREA)
    return tuple(
        Goal(
            code=aim.code,
            name=aim.name,
            indicator=INDICATORS[aim.indicator],
            area=named(aim.area, names) if aim.area else None,
            trajectory=aim.trajectory,
            values=tuple(stand[aim.measured]),
        )
        for aim in agreement.goals
        if aim.measured in stand
    )


async def card(tx: Transaction, indicator: Indicator, values: list[Value]) -> Card:
    """Make a card of values, the oldest first."""
    newest = [*values[-2:]]
    latest = newest.pop() if newest else None
    names = await names_of(tx, AREA) if latest and latest.areas else {}
    return Card(
        indicator=indicator,
        latest=latest,
        previous=newest.pop() if newest else None,
        changed_at=await changed_at(tx, indicator),
        areas=tuple(named(code, names) for code in latest.areas) if latest else (),
    )


async def indicator_page(tx: Transaction, indicator: Indicator) -> IndicatorPage:
    """Gather all of one indicator, and its newest month by dimension."""
    values = await values_of(tx, indicator)
    breakdowns = [await breakdown(tx, indicator, values[-1].period)] if values else []
    return IndicatorPage(
        card=await card(tx, indicator, values),
        values=tuple(values),
        breakdowns=tuple(breakdowns),
        source=indicator.source,
    )


async def breakdown(tx: Transaction, indicator: Indicator, period: str) -> Breakdown:
    """Gather a month's values by the indicator's dimension, with the names of its categories."""
    dimension = indicator.by[0]
    values = await values_of(tx, indicator, by=True, within=span_of(period))
    return Breakdown(dimension, period, tuple(values), await names_of(tx, dimension))
