"""Who may get in: parse, call, return."""

from typing import Annotated

from fastapi import APIRouter, Path
from kit.documents import refuses
from kit.edge import READS, ETag, Expected, ServiceRoute, Transaction
from kit.problems import IllegalStep, Missing, UnknownCode

from partners.api.callers import Reader, Writer
from partners.api.eligibility_views import Asking, CheckView, NewTable, TableSent, TableView
from partners.api.offering_views import OfferingView
from partners.commands.publish_table import PublishTable, publish_table
from partners.domain.eligibility import EligibilityTable
from partners.domain.errors import (
    FindingsNotAccepted,
    MalformedTable,
    NotAValue,
    NotTheProvider,
    TableTooWide,
)
from partners.domain.offering import Offering
from partners.eligibility.report import Report
from partners.queries.eligibility import check, shown_offering, table_of
from partners.queries.eligibility import report as reported
from partners.queries.offerings import offering_view

router = APIRouter(route_class=ServiceRoute, tags=["eligibility"])

Version = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.post("/offerings/{code}/eligibility/reports", openapi_extra=READS)
@refuses(Missing, UnknownCode, MalformedTable, TableTooWide)
async def report(code: str, body: TableSent, caller: Reader, tx: Transaction) -> Report:
    """Say which rules of a table overlap, and which clients none of them decides about."""
    offering = await shown_offering(tx, code, caller.organisation)
    return await reported(tx, offering, body.table)


@router.post("/offerings/{code}/eligibility/versions", status_code=201)
@refuses(
    Missing, NotTheProvider, IllegalStep, UnknownCode, MalformedTable, TableTooWide,
    FindingsNotAccepted,
)  # fmt: skip
async def publish(
    code: str, body: NewTable, caller: Writer, expected: Expected, tx: Transaction, etag: ETag
) -> OfferingView:
    """Publish the next version of one's own offering's table; its report comes first."""
    accepted = body.accept_findings
    command = PublishTable(code, caller.organisation, expected, body.table, accepted)
    await publish_table(tx, command)
    return etag(await offering_view(tx, code, caller.organisation))


@router.get("/offerings/{code}/eligibility")
@refuses(Missing)
async def current(code: str, caller: Reader, tx: Transaction) -> TableView:
    """Show the table that counts now."""
    offering = await shown_offering(tx, code, caller.organisation)
    return await shown(tx, offering, await table_of(tx, code, offering.eligibility_version))


@router.get("/offerings/{code}/eligibility/versions/{version}")
@refuses(Missing)
async def version(code: str, version: Version, caller: Reader, tx: Transaction) -> TableView:
    """Show a version of a table."""
    offering = await shown_offering(tx, code, caller.organisation)
    return await shown(tx, offering, await table_of(tx, code, version))


@router.post("/offerings/{code}/eligibility/checks", openapi_extra=READS)
@refuses(Missing, UnknownCode, NotAValue)
async def checked(code: str, body: Asking, caller: Reader, tx: Transaction) -> CheckView:
    """Ask whether a client may get in, and if not, what lacks. Nothing is kept."""
    offering = await shown_offering(tx, code, caller.organisation)
    answer = await check(tx, offering, body.given)
    return CheckView(**dict(answer), version=offering.eligibility_version)


async def shown(tx: Transaction, offering: Offering, table: EligibilityTable) -> TableView:
    """Show a table beside the audience as it is now."""
    return TableView(
        offering=table.offering,
        version=table.version,
        published_at=table.published_at,
        table=table.document,
        report=await reported(tx, offering, table.document),
    )
