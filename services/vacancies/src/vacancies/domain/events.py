"""What this service says. Vacancies are public; who was placed is for the two who need to know."""

from typing import Annotated
from uuid import UUID

from kit.facts import EVERYONE, Fact
from pydantic import Field

from vacancies.domain.status import Status
from vacancies.domain.values import A_SKILL, AN_OCCUPATION

Code = Annotated[str, Field(examples=["oulu"])]
Id = Annotated[UUID, Field(examples=["0193a5b0-0000-7000-8000-000000000001"])]


class VacancyFact(Fact):
    """The public state of a vacancy, without its texts."""

    vacancy_id: Id
    publisher: Code
    employer: Annotated[str, Field(examples=["0187690-1"], description="Business id")]
    occupations: Annotated[list[str], Field(examples=[[AN_OCCUPATION]])]
    skills: Annotated[list[str], Field(examples=[[A_SKILL]])]
    municipality: Annotated[str, Field(examples=["564"])]
    openings: Annotated[int, Field(ge=1, examples=[2])]
    filled: Annotated[int, Field(ge=0, examples=[1])]
    status: Annotated[Status, Field(examples=[Status.OPEN])]


class VacancyPublished(VacancyFact, type="vacancies.vacancy.published.v1", concerns=EVERYONE):
    """A vacancy was published, or published again after it was withdrawn."""


class VacancyChanged(VacancyFact, type="vacancies.vacancy.changed.v1", concerns=EVERYONE):
    """A published vacancy has another posting."""


class VacancyWithdrawn(VacancyFact, type="vacancies.vacancy.withdrawn.v1", concerns=EVERYONE):
    """A vacancy was taken back: every copy of it should go."""


class VacancyFilled(VacancyFact, type="vacancies.vacancy.filled.v1", concerns=EVERYONE):
    """One opening more is filled; `status` says whether it was the last."""


class SeekerProfiled(Fact, type="vacancies.seeker.profiled.v1", concerns=("organisation",)):
    """An organisation has the profile of a seeker; what it says is not told."""

    seeker_id: Id
    organisation: Code


class PlacementRecorded(
    Fact, type="vacancies.placement.recorded.v1", concerns=("organisation", "publisher")
):
    """A seeker got one of a vacancy's openings."""

    placement_id: Id
    vacancy_id: Id
    seeker_id: Id
    organisation: Code
    publisher: Code
    pilot: Annotated[str | None, Field(examples=["ict-recruitment"])]


# The kinds of aggregates that speak: each has a topic of its own.
KINDS = ("vacancies", "seekers", "placements")

FACTS: tuple[type[Fact], ...] = (
    VacancyPublished,
    VacancyChanged,
    VacancyWithdrawn,
    VacancyFilled,
    SeekerProfiled,
    PlacementRecorded,
)
