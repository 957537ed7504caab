"""Parse, call, return."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from kit import clock
from kit.codes import known, nearest
from kit.days import Day
from kit.documents import refuses
from kit.edge import ETag, ServiceRoute, Transaction, may
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode
from kit.tokens import Caller

from metrics.api.bodies import EITHER, Sent
from metrics.api.periods import Within
from metrics.api.views import (
    FiguresView,
    GoalView,
    IndicatorView,
    ObservationView,
    SeriesView,
    ValuesView,
    ValueView,
    VintageView,
)
from metrics.commands.import_figures import ImportFigures, import_figures
from metrics.domain.copies import AgreementCopy
from metrics.domain.errors import Backwards, BadDocument, Unnamed
from metrics.domain.indicators import INDICATORS
from metrics.domain.measures import Indicator
from metrics.domain.series import Observation, Series
from metrics.queries.goals import actual, agreement_codes, agreements
from metrics.queries.statistics import cells, newest, vintages_of
from metrics.queries.values import changed_at, values_of

Reader = Annotated[Caller, may("metrics:read")]
Writer = Annotated[Caller, may("metrics:write")]
SeriesCode = Annotated[
    str | None,
    Query(
        pattern=r"^[a-z0-9][a-z0-9-]{1,63}$",
        description="The series's code; else made of the table, the file's name or the label",
    ),
]
OnDay = Annotated[Day | None, Query(description="Goals as they held on this day; none: today")]

router = APIRouter(route_class=ServiceRoute)


@router.get("/indicators", tags=["indicators"])
async def indicators(_caller: Reader, tx: Transaction) -> Listing[IndicatorView]:
    """List the indicators with their definitions and newest values."""
    return Listing(items=[await shown(tx, each) for each in INDICATORS.values()], next=None)


async def shown(tx: Transaction, indicator: Indicator) -> IndicatorView:
    """Show an indicator with its newest value."""
    values = await values_of(tx, indicator)
    return IndicatorView.of(
        indicator, values[-1] if values else None, await changed_at(tx, indicator)
    )


@router.get("/indicators/{code}/values", tags=["indicators"])
@refuses(Missing, UnknownCode, Backwards)
async def values(
    code: str, _caller: Reader, tx: Transaction, within: Within, by: str | None = None
) -> ValuesView:
    """Give an indicator's values by month, and by one of its dimensions."""
    indicator = INDICATORS.get(code)
    if indicator is None:
        raise Missing
    if by is not None:
        must_be_declared(by, [dimension.code for dimension in indicator.by])
    found = await values_of(tx, indicator, by=by is not None, within=within)
    items = [ValueView.model_validate(value) for value in found]
    return ValuesView(items=items, next=None, indicator=code, unit=indicator.unit, by=by)


def must_be_declared(by: str, declared: list[str]) -> None:
    """Refuse a dimension that the indicator does not have; all that it has are suggested."""
    if by not in declared:
        raise UnknownCode(pointer="/query/by", suggestions=nearest(by, declared) or declared)


@router.get("/goals", tags=["goals"])
@refuses(UnknownCode)
async def goals(
    _caller: Reader, tx: Transaction, page: Page, agreement: str | None = None, on: OnDay = None
) -> Listing[GoalView]:
    """List the agreements' goals with their paths and where the indicators stand."""
    if agreement is not None:
        known(agreement, await agreement_codes(tx), "/query/agreement")
    rows, after = await page.read(tx, agreements(agreement), AgreementCopy.code)
    today = clock.today()
    heard = [row[0].read().as_of(on or today) for row in rows]
    stand = await actual(tx, [goal for each in heard for goal in each.goals])
    items = [
        GoalView.of(each, goal, stand.get(goal.measured, []), today)
        for each in heard
        for goal in each.goals
    ]
    return Listing(items=items, next=after)


@router.post("/statistics", status_code=201, tags=["statistics"], openapi_extra=EITHER)
@refuses(BadDocument, Unnamed)
async def publish(
    caller: Writer,
    sent: Sent,
    tx: Transaction,
    etag: ETag,
    response: Response,
    series: SeriesCode = None,
) -> SeriesView:
    """Import official figures; the same figures again change nothing, and answer 200."""
    command = ImportFigures(sent.content, caller.organisation, series, sent.file)
    imported, new = await import_figures(tx, command)
    response.status_code = 201 if new else 200
    return etag(SeriesView.of((await vintages_of(tx, imported.code))[0]))


@router.get("/statistics", tags=["statistics"])
async def statistics(_caller: Reader, tx: Transaction, page: Page) -> Listing[SeriesView]:
    """List the series with their newest vintages."""
    rows, after = await page.read(tx, newest(), Series.code)
    return Listing(items=[SeriesView.of(row[1]) for row in rows], next=after)


@router.get("/statistics/{series}", tags=["statistics"])
@refuses(Missing, UnknownCode)
async def figures(
    series: str,
    _caller: Reader,
    tx: Transaction,
    page: Page,
    etag: ETag,
    vintage: Annotated[int | None, Query(ge=1, description="The newest, if none is named")] = None,
    area: str | None = None,
    metric: str | None = None,
) -> FiguresView:
    """Give a vintage's cells, all or of one area or metric."""
    vintages = await vintages_of(tx, series)
    number = vintage or int(page.of or vintages[0].number)
    asked = next((v for v in vintages if v.number == number), None)
    if asked is None:
        raise Missing
    rows, after = await page.read(
        tx, cells(asked, area, metric), Observation.position, of=str(asked.number)
    )
    return etag(
        FiguresView(
            items=[ObservationView.model_validate(row[0]) for row in rows],
            next=after,
            series=series,
            vintage=VintageView.model_validate(asked),
            vintages=[VintageView.model_validate(v) for v in vintages],
            areas=asked.areas,
            metrics=asked.metrics,
        )
    )
