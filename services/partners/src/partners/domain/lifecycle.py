"""The life of an agreement, and of each amendment: who may do what, when. A partner can read this.

What the calendar does, the service's timer does: on its day in Finland, or as soon after it as the
service runs again.
"""

from enum import StrEnum

from kit.lifecycle import Lifecycle, To


class Status(StrEnum):
    """Where a version of an agreement stands; the agreement stands where its ruling version does.

    Only an amended version is `superseded`, so no agreement as a whole ever is.
    """

    DRAFT = "draft"
    PROPOSED = "proposed"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What is done to a version of an agreement."""

    REVISE = "revise"
    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    SIGN = "sign"
    CONCLUDE = "conclude"
    BEGIN = "begin"
    AMEND = "amend"
    TERMINATE = "terminate"
    SUPERSEDE = "supersede"
    EXPIRE = "expire"
    END = "end"


class Role(StrEnum):
    """Who takes a step; the last party that signs concludes."""

    COORDINATOR = "coordinator"
    PARTY = "party"
    LAST_PARTY = "last_party"
    CALENDAR = "calendar"


LIFECYCLE: Lifecycle[Status, Step, Role] = Lifecycle(
    {
        (Status.DRAFT, Step.REVISE): To(Status.DRAFT, by=Role.COORDINATOR),
        (Status.DRAFT, Step.PROPOSE): To(Status.PROPOSED, by=Role.COORDINATOR),
        (Status.DRAFT, Step.WITHDRAW): To(Status.WITHDRAWN, by=Role.COORDINATOR),
        (Status.PROPOSED, Step.WITHDRAW): To(Status.WITHDRAWN, by=Role.COORDINATOR),
        (Status.PROPOSED, Step.SIGN): To(Status.PROPOSED, by=Role.PARTY),
        (Status.PROPOSED, Step.CONCLUDE): To(Status.SIGNED, by=Role.LAST_PARTY),
        (Status.SIGNED, Step.BEGIN): To(Status.IN_FORCE, by=Role.CALENDAR),
        (Status.SIGNED, Step.AMEND): To(Status.SIGNED, by=Role.COORDINATOR),
        (Status.IN_FORCE, Step.AMEND): To(Status.IN_FORCE, by=Role.COORDINATOR),
        (Status.IN_FORCE, Step.TERMINATE): To(
            Status.IN_FORCE, by=Role.COORDINATOR, needs="last_day"
        ),
        (Status.IN_FORCE, Step.SUPERSEDE): To(Status.SUPERSEDED, by=Role.CALENDAR),
        (Status.IN_FORCE, Step.EXPIRE): To(Status.EXPIRED, by=Role.CALENDAR),
        (Status.IN_FORCE, Step.END): To(Status.TERMINATED, by=Role.CALENDAR),
    }
)

# A version that rules, or ruled when the agreement ended.
HELD = frozenset({Status.IN_FORCE, Status.EXPIRED, Status.TERMINATED})
# A version that is being prepared: there is one at a time.
OPEN = frozenset({Status.DRAFT, Status.PROPOSED})
# A version that all have signed, and that rules, will, or did.
SIGNED = HELD | {Status.SIGNED, Status.SUPERSEDED}
