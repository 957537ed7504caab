"""Parse, call, return."""

from fastapi import APIRouter
from kit import clock
from kit.documents import refuses
from kit.edge import ETag, Expected, Officer, ServiceRoute, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode
from sqlalchemy import select

from partners.api.callers import Coordinator, Reader, Writer
from partners.api.views import (
    AgreementView,
    NewAgreement,
    Signing,
)
from partners.commands.draft_agreement import DraftAgreement, draft_agreement
from partners.commands.sign_agreement import SignAgreement, sign_agreement
from partners.domain.agreement import Agreement
from partners.domain.errors import (
    AlreadySigned,
    CodeTaken,
    NotAParty,
    TermOver,
)
from partners.queries.agreements import agreement_view

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
