"""What each step says, and what some of them do beside moving as the table says."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from referrals.domain import referral_events as events
from referrals.domain import term_events
from referrals.domain.codes import FAILED, LegalBasis
from referrals.domain.errors import NoConsent, SecondPersonNeeded
from referrals.domain.states import Phase, Status, Step, Timed

if TYPE_CHECKING:
    from referrals.domain.referral import Referral

Given = dict[str, Any]
Moved = dict[str, Any]
Effect = Callable[["Referral", Given], Moved]

SAYS: Final[Mapping[Step, type[events.ReferralFact]]] = MappingProxyType(
    {
        Step.SEND: events.ReferralSent,
        Step.ACKNOWLEDGE: events.ReferralSeen,
        Step.ASK_INFORMATION: events.InformationAsked,
        Step.ANSWER: events.InformationAnswered,
        Step.ACCEPT: events.ReferralAccepted,
        Step.WAITLIST: events.ReferralWaitlisted,
        Step.OFFER: events.SeatOffered,
        Step.TAKE: events.ReferralAccepted,
        Step.LEAVE: events.SeatLeft,
        Step.DECLINE: events.ReferralDeclined,
        Step.REROUTE: events.ReferralRerouted,
        Step.EXPIRE: events.ReferralExpired,
        Step.SCHEDULE: events.VisitScheduled,
        Step.NO_SHOW: events.VisitMissed,
        Step.CANCEL_VISIT: events.VisitCancelled,
        Step.HOLD_VISIT: events.VisitHeld,
        Step.START: events.ReferralStarted,
        Step.PAUSE: events.ReferralPaused,
        Step.RESUME: events.ReferralResumed,
        Step.WITHDRAW: events.ReferralWithdrawn,
        Step.REQUEST_CANCEL: events.CancelRequested,
        Step.CONFIRM_CANCEL: events.CancelConfirmed,
        Step.REFUSE_CANCEL: events.CancelRefused,
        Step.GIVE_UP: events.ReferralGivenUp,
        Step.REPORT_OUTCOME: events.OutcomeReported,
        Step.CONFIRM: events.ReferralConfirmed,
        Step.DISPUTE: events.ReferralDisputed,
        Step.SETTLE: events.ReferralSettled,
        Step.WITHDRAW_CONSENT: events.ConsentWithdrawn,
        Step.ENTERED_IN_ERROR: events.ReferralEnteredInError,
    }
)


def send(referral: "Referral", given: Given) -> Moved:
    """Note under which clause, on which basis, and for whom the offering was."""
    referral.legal_basis = given["legal_basis"]
    referral.statute, referral.consent_id = given["statute"], given["consent_id"]
    referral.agreement, referral.clause = given["agreement"], given["clause"]
    referral.classes, referral.eligibility = given["classes"], given["eligibility"]
    return {} if referral.agreement else {"says": events.ReferralSentWithin}


def decline(referral: "Referral", given: Given) -> Moved:
    """Note the reason, and whose no it is."""
    referral.reason, referral.declined_by = given["reason"], given["declined_by"]
    return {}


def schedule(referral: "Referral", given: Given) -> Moved:
    """Note when, where, and whether somebody comes along."""
    visit = given["visit"]
    referral.visit_at, referral.visit_place_sealed = visit.at, given["place_sealed"]
    referral.visit_place = None
    referral.visit_accompanied = given["accompanied"] = visit.accompanied
    return {}


def pause(referral: "Referral", given: Given) -> Moved:
    """Note when it is looked at again."""
    referral.review_on = given["review_on"]
    return {}


def withdraw(referral: "Referral", _given: Given) -> Moved:
    """Of a draft, only the sender hears."""
    return {} if referral.was_sent else {"says": events.DraftWithdrawn}


def request_cancel(referral: "Referral", _given: Given) -> Moved:
    """Remember what it was in; an offered seat is let go with it."""
    offered = referral.phase == Phase.OFFERED
    referral.phase_before = Phase.WAITLISTED if offered else referral.phase
    return {}


def refuse_cancel(referral: "Referral", _given: Given) -> Moved:
    """Go on as before."""
    before, referral.phase_before = referral.phase_before, None
    return {"phase": before}


def report_outcome(referral: "Referral", given: Given) -> Moved:
    """Complete it, or fail where the outcome says so."""
    referral.outcome = given["outcome"]
    return {"status": Status.FAILED if given["outcome"] in FAILED else Status.COMPLETED}


def withdraw_consent(referral: "Referral", given: Given) -> Moved:
    """Cancel what is open; freeze what has ended, since law keeps the record.

    Raises `NoConsent` where it does not rest on consent.
    """
    if referral.legal_basis not in (None, LegalBasis.CONSENT):
        raise NoConsent
    given["frozen"] = referral.has_ended
    if given["organisation"] == referral.recipient:
        referral.receipt_at = given["at"]  # its own officer recorded the client's word
    says = events.ConsentWithdrawn if referral.was_sent else events.DraftConsentWithdrawn
    if referral.has_ended:
        return {"says": says, "phase": Phase.FROZEN}
    return {"says": says, "status": Status.CANCELLED, "phase": Phase.CONSENT_WITHDRAWN}


def entered_in_error(referral: "Referral", given: Given) -> Moved:
    """Note the first person's word; the second one's, of whom one is the author, ends it.

    Raises `SecondPersonNeeded`. What a fact began has no person for its author.
    """
    officer, first = given["officer"], referral.error_said_by
    if first is None:
        referral.error_said_by = officer
        return {"says": events.ErrorMarked, "status": None, "phase": referral.phase}
    if officer == first or referral.author not in (officer, first, "system"):
        raise SecondPersonNeeded
    if not referral.was_sent:
        return {"says": events.DraftEnteredInError}
    return {}


def leave(referral: "Referral", given: Given) -> Moved:
    """Note when: who left a seat is not offered the next one at once."""
    referral.left_at = given["at"]
    return {}


# What is said when a term is over and nobody acted; who must hear beside the two ends.
REMINDS: Final[Mapping[Timed, type[events.ReferralFact]]] = MappingProxyType(
    {
        Timed.DECIDE: term_events.DecisionOverdue,
        Timed.DECIDE_URGENT: term_events.DecisionOverdue,
        Timed.CHECK_IN: term_events.CheckInDue,
        Timed.STALL: term_events.ReferralStalled,
        Timed.STALL_ESCALATE: term_events.StallEscalated,
        Timed.CANCEL_ANSWER: term_events.CancelUnanswered,
        Timed.SETTLE: term_events.DisputeOverdue,
    }
)
ESCALATES: Final = frozenset({Timed.STALL_ESCALATE, Timed.CANCEL_ANSWER, Timed.SETTLE})
LAPSES: Final[Mapping[Timed, type[events.ReferralFact]]] = MappingProxyType(
    {
        Timed.INFORMATION: term_events.InformationLapsed,
        Timed.OFFER: term_events.OfferLapsed,
        Timed.CONFIRM: term_events.LeftUnconfirmed,
    }
)

EFFECTS: Final[Mapping[Step, Effect]] = MappingProxyType(
    {
        Step.SEND: send,
        Step.LEAVE: leave,
        Step.DECLINE: decline,
        Step.SCHEDULE: schedule,
        Step.PAUSE: pause,
        Step.WITHDRAW: withdraw,
        Step.REQUEST_CANCEL: request_cancel,
        Step.REFUSE_CANCEL: refuse_cancel,
        Step.REPORT_OUTCOME: report_outcome,
        Step.WITHDRAW_CONSENT: withdraw_consent,
        Step.ENTERED_IN_ERROR: entered_in_error,
    }
)
