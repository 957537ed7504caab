"""Areas: parse, call, return."""

from typing import Annotated

from fastapi import APIRouter, Query
from kit.codes import known
from kit.days import Day
from kit.documents import refuses
from kit.edge import UNCHANGED, ETag, ServiceRoute, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode

from partners.api.area_records import EITHER, Records
from partners.api.area_views import AreaView, ImportView
from partners.api.callers import Coordinator, Reader
from partners.commands.find import municipality_codes
from partners.commands.import_areas import import_areas
from partners.domain.area import Area, AreaKind
from partners.domain.errors import ImportRefused
from partners.queries.areas import area_of, areas

OnDay = Annotated[Day | None, Query(description="As of this day; none: whatever the day")]

router = APIRouter(route_class=ServiceRoute, tags=["areas"])


@router.get("/areas")
@refuses(UnknownCode)
async def listed(
    _reader: Reader,
    tx: Transaction,
    page: Page,
    kind: AreaKind | None = None,
    municipality: str | None = None,
    on: OnDay = None,
) -> Listing[AreaView]:
    """List the areas: of a kind, of a municipality, as they were on a day."""
    if municipality is not None:
        known(municipality, await municipality_codes(tx), "/query/municipality")
    rows, after = await page.read(tx, areas(kind, municipality, on), Area.key)
    return Listing(items=[AreaView.of(row[0], on) for row in rows], next=after)


@router.get("/areas/{kind}/{code}", responses=UNCHANGED)
@refuses(Missing)
async def area(
    kind: str, code: str, _reader: Reader, tx: Transaction, etag: ETag, on: OnDay = None
) -> AreaView:
    """Show an area."""
    return etag(AreaView.of(await area_of(tx, kind, code), on))


@router.post("/areas/imports", openapi_extra=EITHER)
@refuses(ImportRefused)
async def imported(_coordinator: Coordinator, records: Records, tx: Transaction) -> ImportView:
    """Import areas and memberships, all or none; the coordinator does. Twice changes nothing."""
    return ImportView.of(records, await import_areas(tx, records))
