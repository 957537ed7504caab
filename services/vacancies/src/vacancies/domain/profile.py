"""What a seeker told, without a name. What was not told is null: it is not known, not absent."""

from typing import Annotated, Self

from pydantic import Field

from vacancies.domain.codes import (
    LICENCES,
    OCCUPATIONS,
    SKILLS,
    TONGUES,
    CodeSet,
    Level,
    WorkingTime,
)
from vacancies.domain.values import (
    A_SKILL,
    AN_OCCUPATION,
    BY_CODE,
    Code,
    Uri,
    Value,
    check,
    distinct,
)


class LanguageKnown(Value):
    """A language that the seeker knows; its level may not be known."""

    code: Code = Field(examples=["fi"])
    level: Level | None = None


class Profile(Value):
    """An anonymous profile: null where nothing was told, an empty list where there is none."""

    occupations: Annotated[tuple[Uri, ...] | None, distinct()] = Field(
        None, max_length=20, examples=[[AN_OCCUPATION]]
    )
    skills: Annotated[tuple[Uri, ...] | None, distinct()] = Field(
        None, max_length=100, examples=[[A_SKILL]]
    )
    languages: Annotated[tuple[LanguageKnown, ...] | None, distinct(BY_CODE)] = Field(
        None, max_length=20
    )
    licences: Annotated[tuple[Code, ...] | None, distinct()] = Field(
        None, max_length=20, examples=[["driving-b"]]
    )
    municipality: Code | None = Field(None, description="Where the seeker lives", examples=["564"])
    willing_to: Annotated[tuple[Code, ...] | None, distinct()] = Field(
        None, max_length=30, description="Other municipalities to work in", examples=[["244"]]
    )
    working_times: Annotated[tuple[WorkingTime, ...] | None, distinct()] = Field(
        None, examples=[["full_time"]]
    )

    def checked(self, places: CodeSet) -> Self:
        """Check every code. Raises `UnknownCode`."""
        check(self.occupations, OCCUPATIONS, "/body/occupations")
        check(self.skills, SKILLS, "/body/skills")
        check(map(BY_CODE, self.languages or ()), TONGUES, "/body/languages", "/code")
        check(self.licences, LICENCES, "/body/licences")
        check(self.willing_to, places, "/body/willing_to")
        if self.municipality is not None:
            places.known(self.municipality, "/body/municipality")
        return self
