"""What an employer looks for: a thin cut of the national posting model (Job Market Finland)."""

from typing import Annotated, Self

from kit.days import Day
from kit.texts import Text
from pydantic import Field, model_validator

from vacancies.domain.codes import (
    LICENCES,
    OCCUPATIONS,
    SKILLS,
    TONGUES,
    CodeSet,
    Duration,
    Level,
    Relation,
    WorkingTime,
)
from vacancies.domain.values import (
    A_SKILL,
    AN_OCCUPATION,
    BY_CODE,
    BY_URI,
    Code,
    Uri,
    Value,
    check,
    distinct,
)


class SkillWanted(Value):
    """A skill, without which one cannot begin (`required`), or which helps."""

    uri: Uri = Field(examples=[A_SKILL])
    required: bool = Field(True, strict=True)


class LanguageWanted(Value):
    """A language, and the least level that does."""

    code: Code = Field(examples=["fi"])
    level: Level


class Posting(Value):
    """A vacancy as it is published. Several occupations mean: any of them."""

    title: Text
    description: Text
    employer_name: str = Field(min_length=1, max_length=200, examples=["Oulun kaupunki"])
    openings: int = Field(
        1,
        strict=True,
        ge=1,
        le=1000,
        description="How many may be hired: not the number of advertisements",
    )
    relation: Relation = Relation.EMPLOYMENT
    duration: Duration = Duration.PERMANENT
    working_time: WorkingTime = WorkingTime.FULL_TIME
    occupations: Annotated[tuple[Uri, ...], distinct()] = Field(
        min_length=1, max_length=10, examples=[[AN_OCCUPATION]]
    )
    skills: Annotated[tuple[SkillWanted, ...], distinct(BY_URI)] = Field((), max_length=50)
    languages: Annotated[tuple[LanguageWanted, ...], distinct(BY_CODE)] = Field((), max_length=10)
    licences: Annotated[tuple[Code, ...], distinct()] = Field(
        (), max_length=10, examples=[["driving-b"]]
    )
    municipality: Code = Field(examples=["564"])
    deadline: Day | None = Field(None, description="The last day to apply")
    expires: Day = Field(description="The last day on which it is listed")

    @model_validator(mode="after")
    def deadline_before_expiry(self) -> Self:
        """Refuse a deadline that nobody would see."""
        if self.deadline is not None and self.deadline > self.expires:
            raise ValueError("the deadline is after the last day on which it is listed")
        return self

    def checked(self, places: CodeSet) -> Self:
        """Check every code, and put the lists in order: no order of theirs means anything.

        Raises `UnknownCode`.
        """
        check(self.occupations, OCCUPATIONS, "/body/occupations")
        check(map(BY_URI, self.skills), SKILLS, "/body/skills", "/uri")
        check(map(BY_CODE, self.languages), TONGUES, "/body/languages", "/code")
        check(self.licences, LICENCES, "/body/licences")
        places.known(self.municipality, "/body/municipality")
        ordered = {
            "occupations": tuple(sorted(self.occupations)),
            "skills": tuple(sorted(self.skills, key=BY_URI)),
            "languages": tuple(sorted(self.languages, key=BY_CODE)),
            "licences": tuple(sorted(self.licences)),
        }
        return self.model_copy(update=ordered)
