"""The common catalogue: parse, call, return."""

from fastapi import APIRouter
from kit import clock
from kit.codes import known
from kit.documents import refuses
from kit.edge import ETag, Expected, ServiceRoute, Transaction
from kit.pages import Listing, Page
from kit.problems import IllegalStep, Missing, UnknownCode
from sharing.codes import NEEDS

from partners.api.callers import Reader, Writer
from partners.api.offering_views import NewOffering, OfferingView, StepTaken
from partners.commands.change_offering import ChangeOffering, change_offering
from partners.commands.declare_capacity import DeclareCapacity, declare_capacity
from partners.commands.find import municipality_codes, organisation_codes
from partners.commands.publish_offering import PublishOffering, publish_offering
from partners.commands.step_offering import StepOffering, step_offering
from partners.domain.catalogue import Capacity, Service
from partners.domain.errors import CodeTaken, NotRegistered, NotTheProvider
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStatus
from partners.queries.offerings import catalogue, offering_view

router = APIRouter(route_class=ServiceRoute, tags=["offerings"])


@router.post("/offerings", status_code=201)
@refuses(CodeTaken, NotRegistered, UnknownCode)
async def offer(body: NewOffering, caller: Writer, tx: Transaction, etag: ETag) -> OfferingView:
    """Put a service of one's own organisation into the catalogue, or draft it first."""
    draft = body.status is OfferingStatus.DRAFT
    command = PublishOffering(
        body.code, caller.organisation, body.service(), body.seats(), draft=draft
    )
    return etag(OfferingView.of(await publish_offering(tx, command), None, clock.now()))


@router.get("/offerings")
@refuses(UnknownCode)
async def offerings(
    caller: Reader,
    tx: Transaction,
    page: Page,
    need: str | None = None,
    municipality: str | None = None,
    organisation: str | None = None,
    status: OfferingStatus | None = None,
) -> Listing[OfferingView]:
    """List the catalogue: what answers a need, what is for a municipality's people.

    What ended is listed where that status is asked for; a draft, to its provider alone.
    """
    if need is not None:
        known(need, NEEDS, "/query/need")
    if municipality is not None:
        known(municipality, await municipality_codes(tx), "/query/municipality")
    if organisation is not None:
        known(organisation, await organisation_codes(tx), "/query/organisation")
    query = catalogue(caller.organisation, status, need, municipality, organisation)
    rows, after = await page.read(tx, query, Offering.code)
    now = clock.now()
    return Listing(items=[OfferingView.of(row[0], row[1], now) for row in rows], next=after)


@router.get("/offerings/{code}")
@refuses(Missing)
async def offering(code: str, caller: Reader, tx: Transaction, etag: ETag) -> OfferingView:
    """Show an offering, and how many more it can take."""
    return etag(await offering_view(tx, code, caller.organisation))


@router.put("/offerings/{code}")
@refuses(Missing, NotTheProvider, IllegalStep, UnknownCode)
async def change(
    code: str, body: Service, caller: Writer, expected: Expected, tx: Transaction, etag: ETag
) -> OfferingView:
    """Say otherwise of one's own service than before; of its capacity, see there."""
    await change_offering(tx, ChangeOffering(code, caller.organisation, expected, body))
    return etag(await offering_view(tx, code, caller.organisation))


@router.post("/offerings/{code}/steps")
@refuses(Missing, NotTheProvider, IllegalStep)
async def step(
    code: str, body: StepTaken, caller: Writer, expected: Expected, tx: Transaction, etag: ETag
) -> OfferingView:
    """Publish, pause, resume or end one's own service."""
    await step_offering(tx, StepOffering(code, caller.organisation, expected, body.step))
    return etag(await offering_view(tx, code, caller.organisation))


@router.put("/offerings/{code}/capacity")
@refuses(Missing, NotTheProvider, IllegalStep, UnknownCode)
async def capacity(
    code: str, body: Capacity, caller: Writer, expected: Expected, tx: Transaction, etag: ETag
) -> OfferingView:
    """Declare how many clients one's own service takes; the same again confirms it."""
    await declare_capacity(tx, DeclareCapacity(code, caller.organisation, expected, body))
    return etag(await offering_view(tx, code, caller.organisation))
