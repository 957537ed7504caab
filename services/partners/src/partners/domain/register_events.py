"""What the register says: organisations, each fact with the whole public state."""

from datetime import date
from typing import Annotated

from kit.facts import EVERYONE, Fact
from kit.texts import Text
from pydantic import Field

from partners.domain.register import KindCode, Unit

Code = Annotated[str, Field(examples=["oulu"])]


class OrganisationFact(Fact):
    """An organisation as it stands now; `ends_on` is its last day, if it has one."""

    code: Code
    kind: KindCode
    name: Text
    business_id: Annotated[str | None, Field(examples=["0187690-1"])]
    municipality: Annotated[str | None, Field(examples=["564"])]
    units: tuple[Unit, ...] = ()
    ends_on: Annotated[date | None, Field(examples=["2024-12-31"])] = None


class OrganisationRegistered(
    OrganisationFact, type="partners.organisation.registered.v1", concerns=EVERYONE
):
    """An organisation is a partner."""


class OrganisationChanged(
    OrganisationFact, type="partners.organisation.changed.v1", concerns=EVERYONE
):
    """Its names, its seat or its units are others now."""


class OrganisationEnded(OrganisationFact, type="partners.organisation.ended.v1", concerns=EVERYONE):
    """Its last day was set; it may be one to come."""


REGISTER_FACTS: tuple[type[Fact], ...] = (
    OrganisationRegistered,
    OrganisationChanged,
    OrganisationEnded,
)
