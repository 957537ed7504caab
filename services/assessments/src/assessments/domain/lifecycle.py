"""The life of an assessment: a table that a partner can read."""

from enum import StrEnum

from kit.lifecycle import Lifecycle, To


class Status(StrEnum):
    """Where an assessment stands."""

    STARTED = "started"
    COMPLETED = "completed"


class Step(StrEnum):
    """What is done with an assessment."""

    ANSWER = "answer"
    COMPLETE = "complete"
    DECIDE = "decide"


class Role(StrEnum):
    """Who may do it: nobody but the organisation whose client is assessed."""

    ASSESSOR = "assessor"


LIFECYCLE: Lifecycle[Status, Step, Role] = Lifecycle(
    {
        (Status.STARTED, Step.ANSWER): To(Status.STARTED, by=Role.ASSESSOR),
        (Status.STARTED, Step.COMPLETE): To(Status.COMPLETED, by=Role.ASSESSOR),
        (Status.COMPLETED, Step.DECIDE): To(Status.COMPLETED, by=Role.ASSESSOR),
    }
)
