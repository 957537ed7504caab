"""What this service says: the whole public state of what changed, to everyone."""

from datetime import date
from typing import Annotated

from kit.facts import EVERYONE, Fact
from kit.texts import Text
from pydantic import Field
from sharing import Clause

from partners.domain.register_events import REGISTER_FACTS
from partners.domain.terms import Audience, Goal, Intensity, Pilot, Theme

Code = Annotated[str, Field(examples=["oulu"])]


class AgreementFact(Fact):
    """An agreement as it stands now."""

    code: Annotated[str, Field(examples=["oulun-tyollisyyden-ekosysteemi"])]
    name: Text
    vision: Text | None
    text: Text | None
    parties: tuple[Code, ...]
    themes: tuple[Theme, ...]
    pilots: tuple[Pilot, ...]
    goals: tuple[Goal, ...]
    sharing: tuple[Clause, ...]
    valid_from: Annotated[date, Field(examples=["2019-08-12"])]
    valid_until: Annotated[date, Field(examples=["2021-12-31"])]
    signed_by: tuple[Code, ...]


class AgreementDrafted(AgreementFact, type="partners.agreement.drafted.v1", concerns=EVERYONE):
    """The coordinator laid an agreement before its parties."""


class AgreementSigned(AgreementFact, type="partners.agreement.signed.v1", concerns=EVERYONE):
    """A party signed; `signatory` is its code."""

    signatory: Code


class OfferingFact(Fact):
    """An offering as it stands now; `capacity` is how many clients it takes at a time."""

    code: Annotated[str, Field(examples=["ohjaamo-oulu-guidance"])]
    organisation: Code
    name: Text
    description: Text
    needs: tuple[Annotated[str, Field(examples=["career_guidance"])], ...]
    audience: Audience
    intensity: Intensity
    capacity: Annotated[int, Field(ge=0, examples=[12])]


class OfferingPublished(OfferingFact, type="partners.offering.published.v1", concerns=EVERYONE):
    """An organisation offers a service."""


class CapacityDeclared(
    OfferingFact, type="partners.offering.capacity_declared.v1", concerns=EVERYONE
):
    """The provider declared how many it takes from now on."""


# The kinds of aggregates that speak: each has a topic of its own.
KINDS = ("organisations", "areas", "agreements", "offerings")

FACTS: tuple[type[Fact], ...] = (
    *REGISTER_FACTS,
    AgreementDrafted,
    AgreementSigned,
    OfferingPublished,
    CapacityDeclared,
)
