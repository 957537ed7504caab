"""Versions of agreements, and amendments: parse, call, return."""

from typing import Annotated

from fastapi import APIRouter, Header, Path
from fastapi.responses import HTMLResponse
from kit.documents import refuses
from kit.edge import ETag, Expected, Language, ServiceRoute, Transaction
from kit.pages import Listing
from kit.problems import IllegalStep, Missing, UnknownCode
from kit.texts import ranges

from partners.api.callers import Coordinator, Reader
from partners.api.version_views import ChangesView, NewAmendment, VersionDocument, VersionView
from partners.api.views import AgreementView
from partners.commands.amend_agreement import (
    AmendAgreement,
    ReviseAmendment,
    amend_agreement,
    revise_amendment,
)
from partners.documents.page import HEADERS
from partners.domain.errors import AgreementTooLong, AmendmentOpen, NothingChanges, OutsideTerm
from partners.queries.versions import changes_between, version_document, version_page, versions_of

Number = Annotated[int, Path(ge=1, le=9999, description="The number of a version")]

router = APIRouter(route_class=ServiceRoute, tags=["agreements"])


@router.post("/agreements/{code}/amendments", status_code=201)
@refuses(
    Missing, IllegalStep, AmendmentOpen, OutsideTerm, NothingChanges, UnknownCode, AgreementTooLong
)
async def amend(
    code: str,
    body: NewAmendment,
    _coordinator: Coordinator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> AgreementView:
    """Draft an amendment; the coordinator does. It is proposed and signed as the agreement was."""
    command = AmendAgreement(code, expected, body.effective_on, body.words())
    return etag(AgreementView.of(await amend_agreement(tx, command)))


@router.put("/agreements/{code}/amendments/{number}")
@refuses(Missing, IllegalStep, OutsideTerm, NothingChanges, UnknownCode, AgreementTooLong)
async def revise(
    code: str,
    number: Number,
    body: NewAmendment,
    _coordinator: Coordinator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> AgreementView:
    """Write an amendment's draft anew; the coordinator does. What is left out stays as agreed."""
    command = ReviseAmendment(code, expected, body.effective_on, body.words(), number)
    return etag(AgreementView.of(await revise_amendment(tx, command)))


@router.get("/agreements/{code}/versions")
@refuses(Missing)
async def versions(code: str, _reader: Reader, tx: Transaction) -> Listing[VersionView]:
    """List all versions of an agreement."""
    return Listing(items=await versions_of(tx, code), next=None)


@router.get(
    "/agreements/{code}/versions/{number}",
    response_model=VersionDocument,
    responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}}},
)
@refuses(Missing)
async def version(
    code: str,
    number: Number,
    _reader: Reader,
    tx: Transaction,
    language: Language,
    accept: Annotated[str | None, Header()] = None,
) -> VersionDocument | HTMLResponse:
    """Show a version with the document that is signed, or, as `text/html`, for people."""
    if wants_html(accept):
        written = await version_page(tx, code, number, language)
        return HTMLResponse(written, headers={**HEADERS, "Content-Language": language})
    return await version_document(tx, code, number)


@router.get("/agreements/{code}/versions/{number}/changes/{other}")
@refuses(Missing)
async def changes(
    code: str, number: Number, other: Number, _reader: Reader, tx: Transaction
) -> ChangesView:
    """Tell what one version changes of another, in words and as data."""
    return await changes_between(tx, code, number, other)


def wants_html(accept: str | None) -> bool:
    """Say whether a caller would rather have HTML than JSON (RFC 9110, 12.5.1)."""
    weights = dict(ranges(accept or ""))
    return weights.get("text/html", 0.0) > weights.get("application/json", weights.get("*/*", 0.0))
