"""Copies of others' truth: made by reactions, read by queries."""

from datetime import date, datetime
from typing import Any, NamedTuple

from kit.texts import Text as Words
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import BigInteger, DateTime, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from metrics.domain.tables import Table
from metrics.domain.trajectory import Milestone, Trajectory


class Stage(BaseModel):
    """Where a goal begins or ends."""

    model_config = ConfigDict(frozen=True)

    value: float
    period: str
    source: str

    @property
    def milestone(self) -> Milestone:
        """Give what a trajectory is made of."""
        return Milestone(self.value, self.period)


class Measured(NamedTuple):
    """An indicator, and the area in which it is meant."""

    indicator: str
    area: str | None


class Aim(BaseModel):
    """A goal of an agreement; without an area, all that its indicator counts is meant."""

    model_config = ConfigDict(frozen=True)

    code: str
    indicator: str
    area: str | None = None
    name: Words
    baseline: Stage
    target: Stage
    steps: tuple[Stage, ...] = ()  # none: the path is straight
    tolerance: float | None = None

    @property
    def measured(self) -> Measured:
        """Give what the goal is about."""
        return Measured(self.indicator, self.area)

    @property
    def trajectory(self) -> Trajectory:
        """Give the path from the baseline to the target. Raises `NotAPeriod`."""
        steps = tuple(step.milestone for step in self.steps)
        return Trajectory(self.baseline.milestone, self.target.milestone, steps, self.tolerance)


class Pilot(BaseModel):
    """A pilot of an agreement: its code and name."""

    model_config = ConfigDict(frozen=True)

    code: str
    name: Words


class Version(BaseModel):
    """What of a version of an agreement is measured, and from when."""

    model_config = ConfigDict(frozen=True)

    number: int
    effective_on: date
    concluded_on: date | None = None
    goals: tuple[Aim, ...] = ()

    def begun(self, on: date) -> bool:
        """Say whether all had signed it and its first day had come."""
        return self.concluded_on is not None and max(self.effective_on, self.concluded_on) <= on


class Agreement(BaseModel):
    """What of an agreement is measured and shown."""

    model_config = ConfigDict(frozen=True)

    code: str
    name: Words
    vision: Words | None = None
    parties: frozenset[str] = frozenset()
    signed_by: frozenset[str] = frozenset()
    valid_from: date
    valid_until: date
    pilots: tuple[Pilot, ...] = Field(())
    goals: tuple[Aim, ...] = Field(())
    version: int | None = None  # the first facts have no versions
    versions: tuple[Version, ...] = ()

    def as_of(self, day: date) -> "Agreement":
        """Give it with the goals of the version that held on a day; the first before any did."""
        if not self.versions:
            return self
        held = [version for version in self.versions if version.begun(day)] or self.versions[:1]
        return self.model_copy(update={"version": held[-1].number, "goals": held[-1].goals})

    def in_force(self, on: date) -> bool:
        """Say whether all have signed and the term runs; both its ends are included."""
        concluded = self.parties <= self.signed_by
        return concluded and self.valid_from <= on <= self.valid_until


class AgreementCopy(Table):
    """An agreement, as partners told of it."""

    __tablename__ = "agreement_copy"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    agreement: Mapped[dict[str, Any]] = mapped_column(JSONB)

    def read(self) -> Agreement:
        """Give the agreement itself."""
        return Agreement.model_validate(self.agreement)


class NameCopy(Table):
    """What people call an organisation, an offering or a pilot; the last to be told holds."""

    __tablename__ = "name_copy"

    dimension: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    name: Mapped[dict[str, Any]] = mapped_column(JSONB)
