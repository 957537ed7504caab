"""What callers send and see of organisations."""

from datetime import date

from kit.days import Day
from kit.texts import Text
from pydantic import BaseModel, ConfigDict, Field, model_validator

from partners.api.views import Sent
from partners.domain.register import Kind, KindCode, Unit
from partners.domain.succession import NotedMandate, NotedSuccession
from partners.domain.terms import Code, refuse_twins


class StatedOrganisation(Sent):
    """What an organisation is called, where it sits, and what units it has."""

    name: Text
    business_id: str | None = Field(None, max_length=32, examples=["0187690-1"])
    municipality: str | None = Field(None, max_length=3, examples=["564"])
    units: tuple[Unit, ...] = Field((), max_length=200)

    @model_validator(mode="after")
    def must_name_each_unit_once(self) -> "StatedOrganisation":
        """Refuse a code that two units share."""
        refuse_twins("units", (unit.code for unit in self.units))
        return self


class NewOrganisation(StatedOrganisation):
    """An organisation that becomes a partner."""

    code: Code
    kind: Kind


class Ending(Sent):
    """When an organisation ends."""

    on: Day = Field(examples=["2024-12-31"], description="The last day, included; Finland's")


class OrganisationView(BaseModel):
    """A partner."""

    model_config = ConfigDict(from_attributes=True)

    code: Code
    kind: KindCode
    name: Text
    business_id: str | None
    municipality: str | None
    units: tuple[Unit, ...]
    ends_on: date | None = Field(description="The last day, included; null: none is known")
    mandates: tuple[NotedMandate, ...]
    successions: tuple[NotedSuccession, ...]
    revision: int
