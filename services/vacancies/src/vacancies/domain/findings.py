"""What a match says of each requirement, and what all of it weighs."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vacancies.domain.codes import Level

METHOD = "matching@1"


class Fit(StrEnum):
    """How far one requirement is met."""

    MET = "met"
    NEAR = "near"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What is required."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    LANGUAGE = "language"
    LICENCE = "licence"
    PLACE = "place"
    WORKING_TIME = "working_time"


class Ground(StrEnum):
    """Why a requirement is met, near, missing or unknown."""

    SAME = "same"
    LEVEL_REACHED = "level_reached"
    INCLUDED = "included"
    LIVES_THERE = "lives_there"
    WILLING = "willing"
    SAME_UNIT_GROUP = "same_unit_group"
    SAME_MINOR_GROUP = "same_minor_group"
    ONE_LEVEL_BELOW = "one_level_below"
    SAME_SUB_REGION = "same_sub_region"
    OTHER = "other"
    NOT_LISTED = "not_listed"
    LEVEL_BELOW = "level_below"
    NOT_TOLD = "not_told"
    LEVEL_NOT_TOLD = "level_not_told"


FITS = {
    Ground.SAME: Fit.MET,
    Ground.LEVEL_REACHED: Fit.MET,
    Ground.INCLUDED: Fit.MET,
    Ground.LIVES_THERE: Fit.MET,
    Ground.WILLING: Fit.MET,
    Ground.SAME_UNIT_GROUP: Fit.NEAR,
    Ground.SAME_MINOR_GROUP: Fit.NEAR,
    Ground.ONE_LEVEL_BELOW: Fit.NEAR,
    Ground.SAME_SUB_REGION: Fit.NEAR,
    Ground.OTHER: Fit.MISSING,
    Ground.NOT_LISTED: Fit.MISSING,
    Ground.LEVEL_BELOW: Fit.MISSING,
    Ground.NOT_TOLD: Fit.UNKNOWN,
    Ground.LEVEL_NOT_TOLD: Fit.UNKNOWN,
}
WEIGHTS = {
    Kind.OCCUPATION: 4,
    Kind.SKILL: 3,
    Kind.LANGUAGE: 3,
    Kind.LICENCE: 3,
    Kind.PLACE: 2,
    Kind.WORKING_TIME: 1,
}
HELPFUL = 1  # the weight of a skill that is not required
GAINS = {
    Fit.MET: Fraction(1),
    Fit.NEAR: Fraction(1, 2),
    Fit.MISSING: Fraction(0),
    Fit.UNKNOWN: Fraction(0),
}


@dataclass(frozen=True)
class Finding:
    """One requirement, the seeker's evidence for or against it, and what it weighs.

    `wanted` holds the codes that would do, `found` the code in the profile that it rests on.
    """

    kind: Kind
    wanted: tuple[str, ...]
    ground: Ground
    found: str | None = None
    required: bool = True
    level: Level | None = None
    level_found: Level | None = None

    @property
    def fit(self) -> Fit:
        """How far it is met."""
        return FITS[self.ground]

    @property
    def weight(self) -> int:
        """What it weighs, 1-4."""
        return WEIGHTS[self.kind] if self.required else HELPFUL


@dataclass(frozen=True)
class Match:
    """A seeker and a vacancy, requirement by requirement."""

    findings: tuple[Finding, ...]
    method: str = METHOD

    @property
    def score(self) -> Fraction | None:
        """Gained weight of the known, 0-1; none where nothing is known."""
        return Fraction(self._gained, self._known) if self._known else None

    @property
    def coverage(self) -> Fraction:
        """Known weight of all, 0-1."""
        return Fraction(self._known, self._total)

    @property
    def certain(self) -> Fraction:
        """Gained weight of all, 0-1."""
        return Fraction(self._gained, self._total)

    @property
    def _total(self) -> int:
        return sum(finding.weight for finding in self.findings)

    @property
    def _known(self) -> int:
        return sum(f.weight for f in self.findings if f.fit is not Fit.UNKNOWN)

    @property
    def _gained(self) -> Fraction:
        return sum((GAINS[f.fit] * f.weight for f in self.findings), Fraction(0))
