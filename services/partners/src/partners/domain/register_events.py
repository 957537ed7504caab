"""What the register says: organisations, each fact with the whole public state."""

from datetime import date
from typing import Annotated

from kit.facts import EVERYONE, Fact
from kit.texts import Text
from pydantic import BaseModel, ConfigDict, Field

from partners.domain.register import KindCode, Unit

Code = Annotated[str, Field(examples=["oulu"])]


class AreaTold(BaseModel):
    """An area, by its set and code."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    kind: Annotated[str, Field(examples=["employment_area"])]
    code: Annotated[str, Field(examples=["oulu"])]


class WithdrawalTold(BaseModel):
    """That something was noted by mistake: when that was found, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    on: Annotated[date, Field(examples=["2025-01-07"])]
    reason: Text


class MandateTold(BaseModel):
    """Tasks that law gave, everywhere (no areas) or in some areas, since ever (null) or a day."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    tasks: tuple[Annotated[str, Field(examples=["employment_services"])], ...]
    areas: tuple[AreaTold, ...]
    since: Annotated[date | None, Field(examples=["2013-01-01"])]
    withdrawn: WithdrawalTold | None = None


class SuccessionTold(BaseModel):
    """Tasks that are a successor's from a day on, everywhere (no areas) or in some areas."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    tasks: tuple[Annotated[str, Field(examples=["employment_services"])], ...]
    areas: tuple[AreaTold, ...]
    successor: Code
    on: Annotated[date, Field(examples=["2025-01-01"])]
    withdrawn: WithdrawalTold | None = None


class OrganisationFact(Fact):
    """An organisation as it stands now; `ends_on` is its last day, if it has one."""

    code: Code
    kind: KindCode
    name: Text
    business_id: Annotated[str | None, Field(examples=["0187690-1"])]
    municipality: Annotated[str | None, Field(examples=["564"])]
    units: tuple[Unit, ...] = ()
    ends_on: Annotated[date | None, Field(examples=["2024-12-31"])] = None
    mandates: tuple[MandateTold, ...] = ()
    successions: tuple[SuccessionTold, ...] = ()


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


class TasksGiven(OrganisationFact, type="partners.organisation.tasks_given.v1", concerns=EVERYONE):
    """It was noted that law gave it tasks."""


class TasksPassed(
    OrganisationFact, type="partners.organisation.tasks_passed.v1", concerns=EVERYONE
):
    """It was noted that tasks of it passed to another."""


class TasksWithdrawn(
    OrganisationFact, type="partners.organisation.tasks_withdrawn.v1", concerns=EVERYONE
):
    """One of its mandates or successions, counted from 1, was noted by mistake."""

    noted: Annotated[str, Field(examples=["successions"])]
    number: Annotated[int, Field(ge=1, examples=[1])]


class Membership(BaseModel):
    """A municipality that belongs to an area for a time, both days included; null: no such end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    municipality: Annotated[str, Field(examples=["564"])]
    valid_from: Annotated[date | None, Field(examples=["2025-01-01"])]
    valid_until: Annotated[date | None, Field(examples=["2025-12-31"])]


class AreaImported(Fact, type="partners.area.imported.v1", concerns=EVERYONE):
    """An import stated an area, or who belongs to it, otherwise than before."""

    kind: Annotated[str, Field(examples=["employment_area"])]
    code: Annotated[str, Field(examples=["oulu"])]
    name: Text
    valid_from: Annotated[date | None, Field(examples=["2025-01-01"])]
    valid_until: Annotated[date | None, Field(examples=["2025-12-31"])]
    members: tuple[Membership, ...]


class ClientFact(Fact):
    """A machine client as it stands now; `valid_until` is its last day, if it has one."""

    organisation: Code
    client_id: Annotated[str, Field(examples=["kela-asiakastieto"])]
    scopes: tuple[Annotated[str, Field(examples=["referrals:read"])], ...]
    valid_until: Annotated[date | None, Field(examples=["2024-12-31"])]


class ClientRegistered(
    ClientFact, type="partners.client.registered.v1", concerns=("organisation",)
):
    """A program acts for an organisation from now on."""


class ClientChanged(ClientFact, type="partners.client.changed.v1", concerns=("organisation",)):
    """It may do something else now, or has a last day."""


REGISTER_FACTS: tuple[type[Fact], ...] = (
    OrganisationRegistered,
    OrganisationChanged,
    OrganisationEnded,
    TasksGiven,
    TasksPassed,
    TasksWithdrawn,
    AreaImported,
    ClientRegistered,
    ClientChanged,
)
