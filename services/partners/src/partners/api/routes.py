"""Agreements: parse, call, return."""

from fastapi import APIRouter
from kit.days import Day
from kit.documents import refuses
from kit.edge import UNCHANGED, ETag, Expected, Officer, ServiceRoute, Transaction
from kit.pages import Listing, Page
from kit.problems import IllegalStep, Missing, UnknownCode
from sqlalchemy import select

from partners.api.callers import Coordinator, Reader, Writer
from partners.api.views import AgreementView, NewAgreement, Signing, TakenStep
from partners.commands.draft_agreement import (
    DraftAgreement,
    ReviseDraft,
    draft_agreement,
    revise_draft,
)
from partners.commands.move_agreement import MoveAgreement, move_agreement
from partners.commands.sign_agreement import SignAgreement, sign_agreement
from partners.domain.agreement import Agreement
from partners.domain.agreement_terms import Terms
from partners.domain.errors import (
    AgreementTooLong,
    AlreadySigned,
    CodeTaken,
    DocumentDiffers,
    FieldMissing,
    NotAParty,
    TermOver,
)
from partners.queries.versions import agreement_on

router = APIRouter(route_class=ServiceRoute, tags=["agreements"])


@router.post("/agreements", status_code=201)
@refuses(CodeTaken, UnknownCode, AgreementTooLong)
async def draft(
    body: NewAgreement, _coordinator: Coordinator, tx: Transaction, etag: ETag
) -> AgreementView:
    """Begin an agreement; the coordinator does, and then proposes it."""
    command = DraftAgreement(body.code, body.terms(), body.renews, body.warn_days)
    return etag(AgreementView.of(await draft_agreement(tx, command)))


@router.get("/agreements")
async def agreements(_reader: Reader, tx: Transaction, page: Page) -> Listing[AgreementView]:
    """List the agreements, as they stand today."""
    rows, after = await page.read(tx, select(Agreement), Agreement.code)
    return Listing(items=[AgreementView.of(row[0]) for row in rows], next=after)


@router.get("/agreements/{code}", responses=UNCHANGED)
@refuses(Missing)
async def agreement(
    code: str, _reader: Reader, tx: Transaction, etag: ETag, on: Day | None = None
) -> AgreementView:
    """Show an agreement as it stands, or as it stood on a day."""
    return etag(await agreement_on(tx, code, on))


@router.put("/agreements/{code}")
@refuses(Missing, IllegalStep, UnknownCode, AgreementTooLong)
async def revise(
    code: str,
    body: Terms,
    _coordinator: Coordinator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> AgreementView:
    """Write a draft anew; the coordinator does."""
    return etag(AgreementView.of(await revise_draft(tx, ReviseDraft(code, body, expected))))


@router.post("/agreements/{code}/steps", status_code=201)
@refuses(Missing, IllegalStep, FieldMissing, TermOver)
async def step(
    code: str,
    body: TakenStep,
    _coordinator: Coordinator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> AgreementView:
    """Propose, withdraw or terminate; the coordinator does."""
    command = MoveAgreement(code, expected, body.step, body.last_day, body.reason)
    return etag(AgreementView.of(await move_agreement(tx, command)))


@router.post("/agreements/{code}/signatures", status_code=201)
@refuses(Missing, NotAParty, AlreadySigned, TermOver, IllegalStep, DocumentDiffers)
async def sign(
    code: str,
    caller: Writer,
    officer: Officer,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
    body: Signing | None = None,
) -> AgreementView:
    """Sign what is proposed, for one's own organisation."""
    sha256 = body.sha256 if body else None
    command = SignAgreement(code, caller.organisation, officer, expected, sha256)
    return etag(AgreementView.of(await sign_agreement(tx, command)))
