"""The three axes on which a referral stands, and the words of its steps and roles."""

from enum import StrEnum


class Status(StrEnum):
    """How far it has come: codes of FHIR Task."""

    DRAFT = "draft"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered-in-error"


class Phase(StrEnum):
    """What goes on within the status, where there is more to say (FHIR: businessStatus)."""

    SEEN = "seen"
    INFORMATION_NEEDED = "information_needed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    SCHEDULED = "scheduled"
    NO_SHOW = "no_show"
    VISIT_CANCELLED = "visit_cancelled"
    VISIT_HELD = "visit_held"
    PAUSED = "paused"
    CANCEL_REQUESTED = "cancel_requested"
    EXPIRED = "expired"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    FROZEN = "frozen"


class Loop(StrEnum):
    """Whether both ends know, and agree on, what came of it."""

    OPEN = "open"
    OUTCOME_REPORTED = "outcome_reported"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    UNCONFIRMED = "unconfirmed"
    SETTLED = "settled"


class Mode(StrEnum):
    """A referral shares the client's matter; a transfer moves the responsibility for it."""

    REFERRAL = "referral"
    TRANSFER = "transfer"


class Role(StrEnum):
    """How somebody stands to a referral. The client's word is recorded by an officer."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    CLIENT = "client"
    SYSTEM = "system"


class Step(StrEnum):
    """What somebody does to a referral."""

    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    ASK_INFORMATION = "ask_information"
    ANSWER = "answer"
    ACCEPT = "accept"
    WAITLIST = "waitlist"
    OFFER = "offer"
    TAKE = "take"
    LEAVE = "leave"
    DECLINE = "decline"
    REROUTE = "reroute"
    EXPIRE = "expire"
    SCHEDULE = "schedule"
    NO_SHOW = "no_show"
    CANCEL_VISIT = "cancel_visit"
    HOLD_VISIT = "hold_visit"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    REQUEST_CANCEL = "request_cancel"
    CONFIRM_CANCEL = "confirm_cancel"
    REFUSE_CANCEL = "refuse_cancel"
    GIVE_UP = "give_up"
    REPORT_OUTCOME = "report_outcome"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    SETTLE = "settle"
    WITHDRAW_CONSENT = "withdraw_consent"
    ENTERED_IN_ERROR = "entered_in_error"


class Timed(StrEnum):
    """What falls due in a referral (`domain/terms.py` has the terms)."""

    DECIDE = "decide"
    DECIDE_URGENT = "decide_urgent"
    GRACE = "grace"
    INFORMATION = "information"
    OFFER = "offer"
    CHECK_IN = "check_in"
    STALL = "stall"
    STALL_ESCALATE = "stall_escalate"
    CANCEL_ANSWER = "cancel_answer"
    CONFIRM = "confirm"
    SETTLE = "settle"


ENDED = frozenset(
    {
        Status.REJECTED,
        Status.COMPLETED,
        Status.FAILED,
        Status.CANCELLED,
        Status.ENTERED_IN_ERROR,
    }
)
