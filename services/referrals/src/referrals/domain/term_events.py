"""What time says of a referral: a term has ended. Ids and codes only."""

from referrals.domain.referral_events import BOTH, AddressedFact


class DecisionOverdue(AddressedFact, type="referrals.referral.decision_overdue.v1", concerns=BOTH):
    """The term of decision is over; a time of grace runs."""


class InformationLapsed(
    AddressedFact, type="referrals.referral.information_lapsed.v1", concerns=BOTH
):
    """Nobody answered the recipient's question in time; its term of decision goes on."""


class OfferLapsed(AddressedFact, type="referrals.referral.offer_lapsed.v1", concerns=BOTH):
    """Nobody took the offered seat in time; the next in the line is offered it."""


class CheckInDue(AddressedFact, type="referrals.referral.check_in_due.v1", concerns=BOTH):
    """The client has waited for long: does the need still hold?"""


class ReferralStalled(AddressedFact, type="referrals.referral.stalled.v1", concerns=BOTH):
    """Nothing was heard of it for long; the recipient is asked."""


class StallEscalated(AddressedFact, type="referrals.referral.stall_escalated.v1", concerns=BOTH):
    """Still nothing was heard of it; the agreement's coordinator is told."""


class CancelUnanswered(
    AddressedFact, type="referrals.referral.cancel_unanswered.v1", concerns=BOTH
):
    """The recipient did not answer a request to cancel; the coordinator is told."""


class LeftUnconfirmed(AddressedFact, type="referrals.referral.left_unconfirmed.v1", concerns=BOTH):
    """Nobody confirmed or disputed the outcome in time."""


class DisputeOverdue(AddressedFact, type="referrals.referral.dispute_overdue.v1", concerns=BOTH):
    """A dispute has been open for long; the coordinator is told."""


TERM_FACTS: tuple[type[AddressedFact], ...] = (
    DecisionOverdue,
    InformationLapsed,
    OfferLapsed,
    CheckInDue,
    ReferralStalled,
    StallEscalated,
    CancelUnanswered,
    LeftUnconfirmed,
    DisputeOverdue,
)
