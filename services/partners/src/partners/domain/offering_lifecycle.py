"""The life of an offering: every step is its provider's. A partner can read this."""

from enum import StrEnum

from kit.lifecycle import Lifecycle, To


class OfferingStatus(StrEnum):
    """Where an offering stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    ENDED = "ended"


class OfferingStep(StrEnum):
    """What its provider does with it."""

    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    CHANGE = "change"
    DECLARE = "declare"


class OfferingRole(StrEnum):
    """How an organisation stands to an offering."""

    PROVIDER = "provider"


def to(status: OfferingStatus) -> To[OfferingStatus, OfferingRole]:
    """Lead to a status, by the provider's hand."""
    return To(status, by=OfferingRole.PROVIDER)


DRAFT, PUBLISHED, PAUSED, ENDED = OfferingStatus
PUBLISH, PAUSE, RESUME, END, CHANGE, DECLARE = OfferingStep

LIFECYCLE: Lifecycle[OfferingStatus, OfferingStep, OfferingRole] = Lifecycle(
    {
        (DRAFT, PUBLISH): to(PUBLISHED),
        (DRAFT, CHANGE): to(DRAFT),
        (DRAFT, DECLARE): to(DRAFT),
        (DRAFT, END): to(ENDED),
        (PUBLISHED, PAUSE): to(PAUSED),
        (PUBLISHED, CHANGE): to(PUBLISHED),
        (PUBLISHED, DECLARE): to(PUBLISHED),
        (PUBLISHED, END): to(ENDED),
        (PAUSED, RESUME): to(PUBLISHED),
        (PAUSED, CHANGE): to(PAUSED),
        (PAUSED, DECLARE): to(PAUSED),
        (PAUSED, END): to(ENDED),
    }
)
