"""The client's feedback: parse, call, return."""

from uuid import UUID

from fastapi import APIRouter
from kit.documents import refuses
from kit.edge import Officer, Transaction
from kit.problems import Missing
from kit.vault import KeyDestroyed, key_of

from referrals.api.callers import Reader, Writer
from referrals.api.clients import Keeper
from referrals.api.feedback_views import FeedbackView, NewFeedback
from referrals.api.logged import LoggedRoute
from referrals.commands.give_feedback import GiveFeedback, give_feedback
from referrals.domain.errors import FeedbackClosed
from referrals.domain.feedback import Feedback
from referrals.domain.referral import Referral
from referrals.queries.messages import readable_to

router = APIRouter(route_class=LoggedRoute, tags=["referrals"])


@router.post("/referrals/{referral_id}/feedback", status_code=201)
@refuses(Missing, FeedbackClosed, KeyDestroyed)
async def give(
    referral_id: UUID,
    body: NewFeedback,
    caller: Writer,
    officer: Officer,
    tx: Transaction,
    keeper: Keeper,
) -> FeedbackView:
    """Record, once, whether the client was helped, by the client's own word."""
    command = GiveFeedback(referral_id, caller.organisation, officer, body.helped, body.text)
    feedback = await give_feedback(tx, keeper.vault, command)
    referral = await tx.get_one(Referral, referral_id)
    return FeedbackView.of(feedback, await key_of(tx, keeper.vault, referral.client_id))


@router.get("/referrals/{referral_id}/feedback")
@refuses(Missing)
async def read(referral_id: UUID, caller: Reader, tx: Transaction, keeper: Keeper) -> FeedbackView:
    """Read what the client said of the service."""
    referral = await readable_to(tx, referral_id, caller.organisation)
    feedback = await tx.get(Feedback, referral_id)
    if feedback is None:
        raise Missing
    return FeedbackView.of(feedback, await key_of(tx, keeper.vault, referral.client_id))
