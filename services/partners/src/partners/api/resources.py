"""Shared resources and pilots: parse, call, return."""

from typing import Annotated

from fastapi import APIRouter, Path
from kit.documents import refuses
from kit.edge import ETag, Expected, ServiceRoute, Transaction
from kit.problems import Missing

from partners.api.callers import Reader, Writer
from partners.api.resource_views import ConcludedPilot, ResourcesView, UsedAmount, UseView
from partners.api.views import AgreementView
from partners.commands.evaluate_pilot import EvaluatePilot, evaluate_pilot
from partners.commands.report_use import ReportUse, report_use
from partners.domain.errors import (
    AgreementTooLong,
    NotTheCommitter,
    NotTheOwner,
    OutsidePeriod,
    UseIsCounted,
)
from partners.domain.resources import By
from partners.queries.resources import resources

Month = Annotated[str, Path(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", examples=["2020-01"])]

router = APIRouter(route_class=ServiceRoute, tags=["resources"])


@router.get("/agreements/{code}/resources")
@refuses(Missing)
async def used(code: str, _reader: Reader, tx: Transaction, by: By = By.THEME) -> ResourcesView:
    """Tell what is planned, used, left and forecast, and what is over- or under-used."""
    return ResourcesView.of(by, await resources(tx, code, by))


@router.put("/agreements/{code}/commitments/{commitment}/uses/{month}")
@refuses(Missing, NotTheCommitter, UseIsCounted, OutsidePeriod)
async def report(
    code: str,
    commitment: str,
    month: Month,
    body: UsedAmount,
    caller: Writer,
    tx: Transaction,
) -> UseView:
    """Report what was used of one's own commitment in a month; the last word holds."""
    command = ReportUse(code, commitment, caller.organisation, month, body.amount)
    return UseView.model_validate(await report_use(tx, command), from_attributes=True)


@router.put("/agreements/{code}/pilots/{pilot}/evaluation")
@refuses(Missing, NotTheOwner, AgreementTooLong)
async def evaluate(
    code: str,
    pilot: str,
    body: ConcludedPilot,
    caller: Writer,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> AgreementView:
    """Conclude one's own pilot: it continues, spreads or stops, and on what that rests."""
    command = EvaluatePilot(
        code, pilot, caller.organisation, expected, body.conclusion, body.summary, body.evidence
    )
    return etag(AgreementView.of(await evaluate_pilot(tx, command)))
