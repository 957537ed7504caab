"""What the catalogue says: offerings, each fact with the whole public state."""

from datetime import datetime
from typing import Annotated

from kit.facts import EVERYONE, Fact
from kit.texts import Text
from pydantic import Field

from partners.domain.catalogue import Audience, Channel, Intensity, Period, Place, Price


class OfferingFact(Fact):
    """An offering as it stands now.

    `capacity` is how many it takes at most, `taken_elsewhere` how many of these are given to
    others than by a referral; who has not confirmed it for `stale_after_days` is not believed.
    """

    code: Annotated[str, Field(examples=["ohjaamo-oulu-guidance"])]
    organisation: Annotated[str, Field(examples=["oulu"])]
    status: Annotated[str, Field(examples=["published"])] = "published"
    name: Text
    description: Text
    needs: tuple[Annotated[str, Field(examples=["career_guidance"])], ...]
    audience: Audience
    access: Annotated[str, Field(examples=["both"])] = "both"
    channels: tuple[Channel, ...] = ()
    places: tuple[Place, ...] = ()
    price: Price = Price()
    intensity: Intensity
    theme: Annotated[str | None, Field(examples=["businessasema"])] = None
    capacity: Annotated[int, Field(ge=0, examples=[12])]
    taken_elsewhere: Annotated[int, Field(ge=0, examples=[2])] = 0
    capacity_unit: Annotated[str, Field(examples=["client"])] = "client"
    capacity_period: Period | None = None
    confirmed_at: Annotated[datetime | None, Field(examples=["2026-11-24T09:00:00Z"])] = None
    stale_after_days: Annotated[int, Field(ge=1, examples=[30])] = 30
    eligibility_version: Annotated[int | None, Field(ge=1, examples=[1])] = None


class OfferingDrafted(
    OfferingFact, type="partners.offering.drafted.v1", concerns=("organisation",)
):
    """An organisation writes at an offering that only it sees yet."""


class OfferingPublished(OfferingFact, type="partners.offering.published.v1", concerns=EVERYONE):
    """An organisation offers a service."""


class OfferingChanged(OfferingFact, type="partners.offering.changed.v1", concerns=EVERYONE):
    """The provider says otherwise of its service than before."""


class OfferingPaused(OfferingFact, type="partners.offering.paused.v1", concerns=EVERYONE):
    """The service takes nobody new for a time; who is in, stays in."""


class OfferingResumed(OfferingFact, type="partners.offering.resumed.v1", concerns=EVERYONE):
    """The service takes clients again."""


class OfferingEnded(OfferingFact, type="partners.offering.ended.v1", concerns=EVERYONE):
    """The service is no longer offered, and will not be again."""


class CapacityDeclared(
    OfferingFact, type="partners.offering.capacity_declared.v1", concerns=EVERYONE
):
    """The provider declared how many it takes from now on, or confirmed it."""


class CapacityWentStale(
    OfferingFact, type="partners.offering.capacity_went_stale.v1", concerns=EVERYONE
):
    """Its provider has not confirmed its capacity for longer than its rule allows."""


class EligibilityPublished(
    OfferingFact, type="partners.offering.eligibility_published.v1", concerns=EVERYONE
):
    """Who may get in is written in a decision table's next version, which this service shows."""


class OfferingPassed(OfferingFact, type="partners.offering.passed.v1", concerns=EVERYONE):
    """Its provider ended, and another organisation provides it from now on."""


OFFERING_FACTS: tuple[type[Fact], ...] = (
    OfferingDrafted,
    OfferingPublished,
    OfferingChanged,
    OfferingPaused,
    OfferingResumed,
    OfferingEnded,
    OfferingPassed,
    CapacityDeclared,
    CapacityWentStale,
    EligibilityPublished,
)
