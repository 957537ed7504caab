"""The sharing policy: parse, call, return."""

from datetime import timedelta

from fastapi import APIRouter
from kit import clock
from kit.documents import refuses
from kit.edge import READS, Language, ServiceRoute, Transaction
from kit.problems import Missing, UnknownCode

from partners.api.callers import Reader
from partners.api.sharing_views import AskedExchange, DecisionView, Rehearsal, RehearsalView
from partners.commands.note_exchange import KEPT, note_exchange
from partners.domain.errors import NothingToRehearse
from partners.queries.sharing import asked_since, decision_on, rehearsal

router = APIRouter(route_class=ServiceRoute, tags=["sharing"])


@router.post("/sharing/decisions", openapi_extra=READS)
@refuses(UnknownCode)
async def decide(
    body: AskedExchange, _reader: Reader, tx: Transaction, language: Language
) -> DecisionView:
    """May this data move? What was asked is counted for thirty days; nobody is named there."""
    exchange = body.exchange()
    decision = await decision_on(tx, exchange)
    await note_exchange(tx, exchange)
    return DecisionView.of(decision, exchange.on, language)


@router.post("/agreements/{code}/rehearsals", openapi_extra=READS)
@refuses(Missing, NothingToRehearse, UnknownCode)
async def rehearse(
    code: str, body: Rehearsal, _reader: Reader, tx: Transaction, language: Language
) -> RehearsalView:
    """What would newly open and newly close if the version that is being prepared ruled?

    What is past is judged on the version's first day, as though it came again; what is planned,
    on its own day.
    """
    asked = None
    if body.exchanges is None:
        days = timedelta(days=body.last_days) if body.last_days else KEPT
        asked = await asked_since(tx, clock.today() - days)
    exchanges = [each.exchange() for each in body.exchanges or ()] if asked is None else list(asked)
    version, found = await rehearsal(tx, code, body.version, exchanges)
    return RehearsalView.of(version, found, asked, language)
