"""The life of a referral: who may do what, when, and what comes of it. A partner can read this."""

from enum import StrEnum

from kit.lifecycle import Lifecycle, To


class Status(StrEnum):
    """Where a referral stands; codes of FHIR Task, and what its loop adds."""

    DRAFT = "draft"
    REQUESTED = "requested"
    CANCELLED = "cancelled"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in-progress"
    REPORTED = "outcome-reported"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class Step(StrEnum):
    """What somebody does to a referral."""

    SEND = "send"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    DECLINE = "decline"
    START = "start"
    REPORT_OUTCOME = "report_outcome"
    CONFIRM = "confirm"
    DISPUTE = "dispute"


class Role(StrEnum):
    """How an organisation stands to a referral."""

    SENDER = "sender"
    RECIPIENT = "recipient"


LIFECYCLE: Lifecycle[Status, Step, Role] = Lifecycle(
    {
        (Status.DRAFT, Step.SEND): To(Status.REQUESTED, by=Role.SENDER, needs="legal_basis"),
        (Status.DRAFT, Step.WITHDRAW): To(Status.CANCELLED, by=Role.SENDER),
        (Status.REQUESTED, Step.WITHDRAW): To(Status.CANCELLED, by=Role.SENDER),
        (Status.REQUESTED, Step.ACCEPT): To(Status.ACCEPTED, by=Role.RECIPIENT),
        (Status.REQUESTED, Step.DECLINE): To(Status.REJECTED, by=Role.RECIPIENT, needs="reason"),
        (Status.ACCEPTED, Step.START): To(Status.IN_PROGRESS, by=Role.RECIPIENT),
        (Status.IN_PROGRESS, Step.REPORT_OUTCOME): To(
            Status.REPORTED, by=Role.RECIPIENT, needs="outcome"
        ),
        (Status.REPORTED, Step.CONFIRM): To(Status.CONFIRMED, by=Role.SENDER),
        (Status.REPORTED, Step.DISPUTE): To(Status.DISPUTED, by=Role.SENDER),
        (Status.DISPUTED, Step.REPORT_OUTCOME): To(
            Status.REPORTED, by=Role.RECIPIENT, needs="outcome"
        ),
    }
)
