"""What is said of a referral. Ids and codes only: even that it exists is secret."""

from typing import Annotated

from kit.facts import Fact
from pydantic import Field

from referrals.domain.codes import (
    DeclinedBy,
    DeclineReason,
    ExpiryReason,
    GivingUpReason,
    Helped,
    Outcome,
    PauseReason,
    RefusalReason,
    SettlementReason,
)
from referrals.domain.fact_fields import Code, Id
from referrals.domain.states import Mode

BOTH = ("sender", "recipient")
SENDER = ("sender",)


class ReferralFact(Fact):
    """What every fact of a referral carries; a draft may have no recipient yet."""

    referral_id: Id
    client_id: Id
    sender: Code
    recipient: Code | None
    offering: Annotated[str | None, Field(examples=["ohjaamo-oulu-guidance"])]
    need: Annotated[str | None, Field(examples=["career_guidance"])]
    purpose: Annotated[str, Field(examples=["client_referral"])]
    mode: Mode = Mode.REFERRAL  # newer than the first facts, which lack it


class AddressedFact(ReferralFact):
    """What a fact of a referral carries once its recipient is chosen."""

    recipient: Code


class ReferralDrafted(ReferralFact, type="referrals.referral.drafted.v1", concerns=SENDER):
    """A referral was begun, by an officer or by a confirmed need."""

    assessment_id: Id | None
    follows: Id | None = None  # the referral that led to it


class ReferralAddressed(AddressedFact, type="referrals.referral.addressed.v1", concerns=SENDER):
    """The sender chose an offering; the recipient does not know yet."""


class ReferralSent(AddressedFact, type="referrals.referral.sent.v1", concerns=BOTH):
    """The recipient is asked, under a clause of an agreement in force."""

    agreement: Annotated[str, Field(examples=["oulun-tyollisyyden-ekosysteemi"])]
    clause: Annotated[str, Field(examples=["client-referral"])]


class ReferralSentWithin(AddressedFact, type="referrals.referral.sent_within.v1", concerns=BOTH):
    """A unit of the sender's own is asked: nothing leaves the organisation."""


class ReferralSeen(AddressedFact, type="referrals.referral.seen.v1", concerns=BOTH):
    """The recipient has it before its eyes."""


class InformationAsked(
    AddressedFact, type="referrals.referral.information_asked.v1", concerns=BOTH
):
    """The recipient cannot decide yet; its term stands still."""


class InformationAnswered(AddressedFact, type="referrals.referral.answered.v1", concerns=BOTH):
    """The recipient has its answer; its term goes on."""


class DraftWithdrawn(ReferralFact, type="referrals.draft.withdrawn.v1", concerns=SENDER):
    """The sender dropped a draft that nobody else knew of."""


class ReferralWithdrawn(AddressedFact, type="referrals.referral.withdrawn.v1", concerns=BOTH):
    """The sender took a sent referral back."""


class ReferralAccepted(AddressedFact, type="referrals.referral.accepted.v1", concerns=BOTH):
    """The recipient takes the client; a seat is taken with it."""


class ReferralWaitlisted(AddressedFact, type="referrals.referral.waitlisted.v1", concerns=BOTH):
    """The client waits in the line for a seat."""


class SeatOffered(AddressedFact, type="referrals.referral.seat_offered.v1", concerns=BOTH):
    """A seat is held for the client until the answer is due."""


class SeatLeft(AddressedFact, type="referrals.referral.seat_left.v1", concerns=BOTH):
    """The client left the offered seat, and waits on."""


class ReferralDeclined(AddressedFact, type="referrals.referral.declined.v1", concerns=BOTH):
    """The recipient, or the person, says no."""

    reason: DeclineReason
    declined_by: DeclinedBy


class ReferralRerouted(AddressedFact, type="referrals.referral.rerouted.v1", concerns=BOTH):
    """The recipient says who fits better; a draft to them is the sender's."""

    followed_by: Id


class ReferralExpired(AddressedFact, type="referrals.referral.expired.v1", concerns=BOTH):
    """Nobody answered in time, or the agreement ended; it is the sender's again."""

    reason: ExpiryReason


class VisitScheduled(AddressedFact, type="referrals.referral.visit_scheduled.v1", concerns=BOTH):
    """The client has a time; accompanied: somebody comes along."""

    accompanied: Annotated[bool, Field(examples=[True])]


class VisitMissed(AddressedFact, type="referrals.referral.visit_missed.v1", concerns=BOTH):
    """The client did not come."""


class VisitCancelled(AddressedFact, type="referrals.referral.visit_cancelled.v1", concerns=BOTH):
    """The visit was called off."""


class VisitHeld(AddressedFact, type="referrals.referral.visit_held.v1", concerns=BOTH):
    """The client came."""


class ReferralStarted(AddressedFact, type="referrals.referral.started.v1", concerns=BOTH):
    """The service has begun."""


class ReferralPaused(AddressedFact, type="referrals.referral.paused.v1", concerns=BOTH):
    """The service waits, until a day of review."""

    reason: PauseReason


class ReferralResumed(AddressedFact, type="referrals.referral.resumed.v1", concerns=BOTH):
    """The service goes on."""


class CancelRequested(AddressedFact, type="referrals.referral.cancel_requested.v1", concerns=BOTH):
    """The sender or the client asks the recipient to end it."""


class CancelConfirmed(AddressedFact, type="referrals.referral.cancel_confirmed.v1", concerns=BOTH):
    """The recipient ended it as asked; it is the sender's again."""


class CancelRefused(AddressedFact, type="referrals.referral.cancel_refused.v1", concerns=BOTH):
    """The recipient goes on as before, and says why."""

    reason: RefusalReason


class ReferralGivenUp(AddressedFact, type="referrals.referral.given_up.v1", concerns=BOTH):
    """The recipient ended what it had accepted; it is the sender's again."""

    reason: GivingUpReason


class OutcomeReported(AddressedFact, type="referrals.referral.outcome_reported.v1", concerns=BOTH):
    """The recipient says what the service led to."""

    outcome: Outcome


class ReferralConfirmed(AddressedFact, type="referrals.referral.confirmed.v1", concerns=BOTH):
    """The sender confirms the outcome: the loop is closed."""


class ReferralDisputed(AddressedFact, type="referrals.referral.disputed.v1", concerns=BOTH):
    """The sender sees the outcome otherwise."""


class ReferralSettled(AddressedFact, type="referrals.referral.settled.v1", concerns=BOTH):
    """The disputed outcome is settled: the loop is closed."""

    reason: SettlementReason


class MessageSent(AddressedFact, type="referrals.referral.message_sent.v1", concerns=BOTH):
    """One end wrote to the other; what, stands in no fact."""


class ReferralCarriedOn(AddressedFact, type="referrals.referral.carried_on.v1", concerns=BOTH):
    """Its agreement has ended, and another one permits it to go on."""

    agreement: Annotated[str, Field(examples=["oulun-tyollisyyden-ekosysteemi"])]
    clause: Annotated[str, Field(examples=["client-referral"])]


Frozen = Annotated[
    bool,
    Field(examples=[False], description="It had ended; law keeps the record, nobody adds to it"),
]


class DraftConsentWithdrawn(
    ReferralFact, type="referrals.draft.consent_withdrawn.v1", concerns=SENDER
):
    """The client withdrew the consent before anybody else knew of it."""

    frozen: Frozen


class ConsentWithdrawn(
    AddressedFact, type="referrals.referral.consent_withdrawn.v1", concerns=BOTH
):
    """The client withdrew the consent that it rests on: what is open is cancelled."""

    frozen: Frozen


class WithdrawalReceived(
    AddressedFact, type="referrals.referral.withdrawal_received.v1", concerns=BOTH
):
    """The recipient knows that the consent was withdrawn, and acted on it."""


class FeedbackGiven(AddressedFact, type="referrals.referral.feedback_given.v1", concerns=BOTH):
    """The client said whether the service helped."""

    helped: Helped


class ErrorMarked(ReferralFact, type="referrals.referral.error_marked.v1", concerns=SENDER):
    """One person says that it was entered in error; a second one must say so too."""


class DraftEnteredInError(
    ReferralFact, type="referrals.draft.entered_in_error.v1", concerns=SENDER
):
    """A draft that nobody else knew of was entered in error."""


class ReferralEnteredInError(
    AddressedFact, type="referrals.referral.entered_in_error.v1", concerns=BOTH
):
    """It was entered in error: it should never have been."""


REFERRAL_FACTS: tuple[type[ReferralFact], ...] = (
    ReferralDrafted,
    ReferralAddressed,
    ReferralSent,
    ReferralSentWithin,
    ReferralSeen,
    InformationAsked,
    InformationAnswered,
    DraftWithdrawn,
    ReferralWithdrawn,
    ReferralAccepted,
    ReferralWaitlisted,
    SeatOffered,
    SeatLeft,
    ReferralDeclined,
    ReferralRerouted,
    ReferralExpired,
    VisitScheduled,
    VisitMissed,
    VisitCancelled,
    VisitHeld,
    ReferralStarted,
    ReferralPaused,
    ReferralResumed,
    CancelRequested,
    CancelConfirmed,
    CancelRefused,
    ReferralGivenUp,
    OutcomeReported,
    ReferralConfirmed,
    ReferralDisputed,
    ReferralSettled,
    MessageSent,
    ReferralCarriedOn,
    DraftConsentWithdrawn,
    ConsentWithdrawn,
    WithdrawalReceived,
    FeedbackGiven,
    ErrorMarked,
    DraftEnteredInError,
    ReferralEnteredInError,
)
