"""Parse, call, return."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from kit import clock, ids
from kit.documents import refuses
from kit.edge import UNCHANGED, ETag, Expected, Language, Officer, ServiceRoute, Transaction, may
from kit.pages import Listing, Page
from kit.problems import IllegalStep, Missing, UnknownCode
from kit.readable import HEADERS, page, wants_page
from kit.tokens import Caller

from assessments.api.export_words import TITLE, WORDS
from assessments.api.views import (
    Answers,
    AssessmentRow,
    AssessmentView,
    ClientExport,
    InstrumentView,
    NewAssessment,
)
from assessments.commands.complete_assessment import CompleteAssessment, complete_assessment
from assessments.commands.decide_need import DecideNeed, decide_need
from assessments.commands.publish_instrument import PublishInstrument, publish_instrument
from assessments.commands.record_answers import RecordAnswers, record_answers
from assessments.commands.start_assessment import StartAssessment, start_assessment
from assessments.domain.assessment import Assessment
from assessments.domain.decisions import Decision, Ruling
from assessments.domain.errors import (
    AlreadyDecided,
    AlreadyPublished,
    FieldMissing,
    NotSuggested,
    RulesDoNotFit,
)
from assessments.domain.instruments import Instrument
from assessments.domain.lifecycle import Status
from assessments.domain.publication import Publication
from assessments.queries.assessments import assessment_view, export_of, own_assessments
from assessments.queries.instruments import all_instruments, published_instrument
from assessments.rules import RuleBook

Reader = Annotated[Caller, may("assessments:read")]
Writer = Annotated[Caller, may("assessments:write")]


async def book_of(request: Request) -> RuleBook:
    """Give the rules that this service was started with."""
    book: RuleBook = request.app.state.rules
    return book


Rules = Annotated[RuleBook, Depends(book_of)]

router = APIRouter(route_class=ServiceRoute)


@router.get("/instruments", tags=["instruments"])
async def instruments(_caller: Reader, tx: Transaction, page: Page) -> Listing[InstrumentView]:
    """List every version of every instrument."""
    rows, after = await page.read(tx, all_instruments(), Publication.id)
    return Listing(items=[InstrumentView.of(row[0]) for row in rows], next=after)


@router.post("/instruments", status_code=201, tags=["instruments"])
@refuses(AlreadyPublished, RulesDoNotFit, UnknownCode)
async def publish(
    body: Instrument, caller: Writer, rules: Rules, tx: Transaction, etag: ETag
) -> InstrumentView:
    """Publish a version of an instrument; it is never changed."""
    command = PublishInstrument(caller.organisation, body)
    return etag(InstrumentView.of(await publish_instrument(tx, rules, command)))


@router.get("/instruments/{code}/versions/{version}", tags=["instruments"], responses=UNCHANGED)
@refuses(Missing)
async def instrument(
    code: str, version: int, _caller: Reader, tx: Transaction, etag: ETag
) -> InstrumentView:
    """Show one version of an instrument."""
    return etag(InstrumentView.of(await published_instrument(tx, code, version)))


@router.post("/assessments", status_code=201, tags=["assessments"])
@refuses(Missing, UnknownCode)
async def start(
    body: NewAssessment, caller: Writer, tx: Transaction, language: Language, etag: ETag
) -> AssessmentView:
    """Begin to assess one's own client."""
    command = StartAssessment(
        ids.new_id(), caller.organisation, body.client_id, body.instrument, body.version
    )
    return etag(await shown(tx, await start_assessment(tx, command), language))


@router.get("/assessments", tags=["assessments"])
async def assessments(
    caller: Reader,
    tx: Transaction,
    page: Page,
    client_id: UUID | None = None,
    status: Status | None = None,
) -> Listing[AssessmentRow]:
    """List one's own assessments."""
    query = own_assessments(caller.organisation, client_id, status)
    rows, after = await page.read(tx, query, Assessment.id)
    return Listing(items=[AssessmentRow.model_validate(row[0]) for row in rows], next=after)


@router.get("/assessments/{assessment_id}", tags=["assessments"])
@refuses(Missing)
async def show(
    assessment_id: UUID, caller: Reader, tx: Transaction, language: Language, etag: ETag
) -> AssessmentView:
    """Show an assessment: answers, suggestions and why, decisions."""
    return etag(await assessment_view(tx, assessment_id, caller.organisation, language))


@router.put("/assessments/{assessment_id}/answers", tags=["assessments"])
@refuses(Missing, IllegalStep, UnknownCode)
async def answer(
    assessment_id: UUID,
    body: Answers,
    caller: Writer,
    expected: Expected,
    tx: Transaction,
    language: Language,
    etag: ETag,
) -> AssessmentView:
    """Take answers down."""
    command = RecordAnswers(assessment_id, caller.organisation, expected, body.answers)
    return etag(await shown(tx, await record_answers(tx, command), language))


@router.post("/assessments/{assessment_id}/completion", tags=["assessments"])
@refuses(Missing, IllegalStep)
async def complete(
    assessment_id: UUID,
    caller: Writer,
    expected: Expected,
    rules: Rules,
    tx: Transaction,
    language: Language,
    etag: ETag,
) -> AssessmentView:
    """End answering, and let the rules suggest needs."""
    command = CompleteAssessment(assessment_id, caller.organisation, expected)
    return etag(await shown(tx, await complete_assessment(tx, rules, command), language))


@router.post("/assessments/{assessment_id}/decisions", status_code=201, tags=["assessments"])
@refuses(Missing, IllegalStep, AlreadyDecided, NotSuggested, FieldMissing, UnknownCode)
async def decide(
    assessment_id: UUID,
    body: Ruling,
    caller: Writer,
    officer: Officer,
    tx: Transaction,
    language: Language,
    etag: ETag,
) -> AssessmentView:
    """Confirm a need, or override a suggestion with a reason."""
    decision = Decision(**body.model_dump(), officer=officer, at=clock.now())
    command = DecideNeed(assessment_id, caller.organisation, decision)
    return etag(await shown(tx, await decide_need(tx, command), language))


FORMS: dict[int | str, dict[str, Any]] = {
    200: {"model": ClientExport, "content": {"text/html": {"schema": {"type": "string"}}}}
}


@router.get(
    "/clients/{client_id}/export", tags=["assessments"], responses=FORMS, response_model=None
)
@refuses(Missing)
async def export(
    client_id: UUID,
    caller: Reader,
    tx: Transaction,
    language: Language,
    accept: Annotated[str | None, Header()] = None,
) -> Response:
    """Give one's own client all that is held about the person here: JSON, or a page to read."""
    held = await export_of(tx, client_id, caller.organisation, language)
    vary = {"Vary": "Accept, Accept-Language", "Content-Language": language}
    if wants_page(accept):
        html = page(TITLE, held, WORDS, language)
        return Response(html, headers=HEADERS | vary, media_type="text/html")
    return Response(held.model_dump_json(), headers=vary, media_type="application/json")


async def shown(tx: Transaction, assessment: Assessment, language: Language) -> AssessmentView:
    """Show an assessment that was just changed."""
    return await assessment_view(tx, assessment.id, assessment.organisation, language)
