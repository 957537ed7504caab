"""What this service says: the whole public state of what changed, to everyone."""

from datetime import date
from typing import Annotated

from kit.facts import EVERYONE, Fact
from kit.texts import Text
from pydantic import Field
from sharing import Clause

from partners.domain.offering_events import OFFERING_FACTS
from partners.domain.register_events import REGISTER_FACTS
from partners.domain.terms import Goal, Pilot, Theme

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


# The kinds of aggregates that speak: each has a topic of its own.
KINDS = ("organisations", "areas", "agreements", "offerings")

FACTS: tuple[type[Fact], ...] = (
    *REGISTER_FACTS,
    AgreementDrafted,
    AgreementSigned,
    *OFFERING_FACTS,
)
