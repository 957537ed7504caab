"""Parse, call, return."""

from fastapi import APIRouter
from kit import clock
from kit.codes import known
from kit.documents import refuses
from kit.edge import ETag, Expected, Officer, ServiceRoute, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode
from sharing.codes import MUNICIPALITIES, NEEDS
from sqlalchemy import select

from partners.api.callers import Coordinator, Reader, Writer
from partners.api.views import (
    AgreementView,
    DeclaredCapacity,
    NewAgreement,
    NewOffering,
    OfferingView,
    Signing,
)
from partners.commands.declare_capacity import DeclareCapacity, declare_capacity
from partners.commands.draft_agreement import DraftAgreement, draft_agreement
from partners.commands.find import organisation_codes
from partners.commands.publish_offering import PublishOffering, publish_offering
from partners.commands.sign_agreement import SignAgreement, sign_agreement
from partners.domain.agreement import Agreement
from partners.domain.errors import (
    AlreadySigned,
    CodeTaken,
    NotAParty,
    NotRegistered,
    NotTheProvider,
    TermOver,
)
from partners.domain.offering import Offering
from partners.queries.agreements import agreement_view
from partners.queries.offerings import catalogue, offering_view

router = APIRouter(route_class=ServiceRoute)


@router.post("/agreements", status_code=201, tags=["agreements"])
@refuses(CodeTaken, UnknownCode)
async def draft(
    body: NewAgreement, _coordinator: Coordinator, tx: Transaction, etag: ETag
) -> AgreementView:
    """Lay an agreement before its parties; the coordinator does."""
    agreement = await draft_agreement(tx, DraftAgreement(body.code, body.terms()))
    return etag(AgreementView.of(agreement, clock.today()))


@router.get("/agreements", tags=["agreements"])
async def agreements(_reader: Reader, tx: Transaction, page: Page) -> Listing[AgreementView]:
    """List the agreements, as they stand today."""
    rows, after = await page.read(tx, select(Agreement), Agreement.code)
    return Listing(items=[AgreementView.of(row[0], clock.today()) for row in rows], next=after)


@router.get("/agreements/{code}", tags=["agreements"])
@refuses(Missing)
async def agreement(code: str, _reader: Reader, tx: Transaction, etag: ETag) -> AgreementView:
    """Show an agreement, as it stands today."""
    return etag(await agreement_view(tx, code))


@router.post("/agreements/{code}/signatures", status_code=201, tags=["agreements"])
@refuses(Missing, NotAParty, AlreadySigned, TermOver)
async def sign(
    code: str,
    caller: Writer,
    officer: Officer,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
    _body: Signing | None = None,
) -> AgreementView:
    """Sign for one's own organisation."""
    command = SignAgreement(code, caller.organisation, officer, expected)
    return etag(AgreementView.of(await sign_agreement(tx, command), clock.today()))


@router.post("/offerings", status_code=201, tags=["offerings"])
@refuses(CodeTaken, NotRegistered, UnknownCode)
async def offer(body: NewOffering, caller: Writer, tx: Transaction, etag: ETag) -> OfferingView:
    """Put a service of one's own organisation into the catalogue."""
    command = PublishOffering(organisation=caller.organisation, **dict(body))
    return etag(OfferingView.of(await publish_offering(tx, command), None))


@router.get("/offerings", tags=["offerings"])
@refuses(UnknownCode)
async def offerings(
    _reader: Reader,
    tx: Transaction,
    page: Page,
    need: str | None = None,
    municipality: str | None = None,
    organisation: str | None = None,
) -> Listing[OfferingView]:
    """Search the catalogue: what answers a need, what is for a municipality's people."""
    if need is not None:
        known(need, NEEDS, "/query/need")
    if municipality is not None:
        known(municipality, MUNICIPALITIES, "/query/municipality")
    if organisation is not None:
        known(organisation, await organisation_codes(tx), "/query/organisation")
    query = catalogue(need, municipality, organisation)
    rows, after = await page.read(tx, query, Offering.code)
    return Listing(items=[OfferingView.of(*row) for row in rows], next=after)


@router.get("/offerings/{code}", tags=["offerings"])
@refuses(Missing)
async def offering(code: str, _reader: Reader, tx: Transaction, etag: ETag) -> OfferingView:
    """Show an offering, and how many more it can take."""
    return etag(await offering_view(tx, code))


@router.put("/offerings/{code}/capacity", tags=["offerings"])
@refuses(Missing, NotTheProvider)
async def capacity(
    code: str,
    body: DeclaredCapacity,
    caller: Writer,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> OfferingView:
    """Declare how many clients one's own service takes."""
    command = DeclareCapacity(code, caller.organisation, expected, body.capacity)
    await declare_capacity(tx, command)
    return etag(await offering_view(tx, code))
