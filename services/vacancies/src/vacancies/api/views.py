"""What callers send and see."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from kit.texts import Language, Text
from pydantic import BaseModel, ConfigDict, Field

from vacancies.domain.codes import CodeSet, Level
from vacancies.domain.explanations import explain
from vacancies.domain.findings import Finding, Fit, Ground, Kind, Match
from vacancies.domain.posting import Posting
from vacancies.domain.profile import Profile
from vacancies.domain.status import Status
from vacancies.domain.values import Value


class VacancyView(BaseModel):
    """A vacancy: what was posted, by whom, and how many of its openings are filled."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    publisher: str
    business_id: str
    external_id: str
    posting: Posting
    esco_version: str
    filled: int
    status: Status
    published_at: datetime
    withdrawn_at: datetime | None
    revision: int


class SeekerView(BaseModel):
    """A seeker's anonymous profile."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation: str
    profile: Profile
    esco_version: str
    profiled_at: datetime
    revision: int


class FindingView(BaseModel):
    """One requirement: how far it is met, why, what it weighs, and the same in words."""

    kind: Kind
    required: bool
    fit: Fit
    ground: Ground
    wanted: list[str]
    level: Level | None
    found: str | None
    level_found: Level | None
    weight: int = Field(ge=1, le=4)
    text: str

    @classmethod
    def of(cls, finding: Finding, places: CodeSet, language: Language) -> Self:
        """Show a finding in a language."""
        return cls(
            kind=finding.kind,
            required=finding.required,
            fit=finding.fit,
            ground=finding.ground,
            wanted=list(finding.wanted),
            level=finding.level,
            found=finding.found,
            level_found=finding.level_found,
            weight=finding.weight,
            text=explain(finding, places, language),
        )


class MatchView(BaseModel):
    """A vacancy and how the seeker fits it. No match is rejected: a person decides."""

    vacancy_id: UUID
    title: Text
    employer_name: str
    municipality: str
    deadline: date | None
    method: str = Field(examples=["matching@1"], description="The rules by which it was made")
    score: float | None = Field(
        ge=0, le=1, description="Gained weight of the known; null where nothing is known"
    )
    coverage: float = Field(ge=0, le=1, description="Known weight of all")
    certain: float = Field(ge=0, le=1, description="Gained weight of all; the list's first order")
    findings: list[FindingView]

    @classmethod
    def of(
        cls,
        vacancy_id: UUID,
        match: Match,
        posting: Posting,
        places: CodeSet,
        language: Language,
    ) -> Self:
        """Show a match in a language."""
        return cls(
            vacancy_id=vacancy_id,
            title=posting.title,
            employer_name=posting.employer_name,
            municipality=posting.municipality,
            deadline=posting.deadline,
            method=match.method,
            score=None if match.score is None else float(match.score),
            coverage=float(match.coverage),
            certain=float(match.certain),
            findings=[FindingView.of(finding, places, language) for finding in match.findings],
        )


class NewPlacement(Value):
    """A seeker who got an opening, and the pilot that it counts for."""

    vacancy_id: UUID
    seeker_id: UUID
    pilot: str | None = Field(None, max_length=64, examples=["ict-recruitment"])


class PlacementView(BaseModel):
    """A placement."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    vacancy_id: UUID
    seeker_id: UUID
    organisation: str
    publisher: str
    pilot: str | None
    recorded_at: datetime
    revision: int
