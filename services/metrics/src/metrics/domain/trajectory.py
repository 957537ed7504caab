"""The path from where a goal began to where it is to end, and how a value stands to it."""

from dataclasses import dataclass
from enum import StrEnum

from metrics.domain.months import Month, month_at, span_of

DIGITS = 9  # beyond these, a difference is the arithmetic's and not the indicator's


@dataclass(frozen=True)
class Milestone:
    """A value in a period; of a year or a quarter, its last month is meant."""

    value: float
    period: str

    @property
    def month(self) -> Month:
        """The month that the value is for."""
        return span_of(self.period).last

    @property
    def since(self) -> Month:
        """The first month of its period: from then on a step wants its value."""
        return span_of(self.period).first


class Standing(StrEnum):
    """How a value stands to the path: on it or better, behind it by no more than the tolerance,
    or off it. Where the goal is to stay as it is, any distance is one from the path.
    """

    ON_TRACK = "on_track"
    WITHIN_TOLERANCE = "within_tolerance"
    OFF = "off"


@dataclass(frozen=True)
class Trajectory:
    """From the baseline to the target: straight, or by steps where there are any.

    `tolerance` is in the indicator's unit; none: nothing is allowed. Nothing is expected before
    the baseline or after the target.
    """

    baseline: Milestone
    target: Milestone
    steps: tuple[Milestone, ...] = ()
    tolerance: float | None = None

    def expected(self, month: Month) -> float | None:
        """Give the value that the path has in a month, in the indicator's unit."""
        start, end = self.baseline.month, self.target.month
        if not start <= month <= end:
            return None
        if month == end:
            return self.target.value
        if self.steps:
            begun = [step.value for step in self.steps if start < step.since <= month]
            return begun[-1] if begun else self.baseline.value
        done = (month.ordinal - start.ordinal) / (end.ordinal - start.ordinal)
        return self.baseline.value + done * (self.target.value - self.baseline.value)

    def band(self, month: Month) -> tuple[float, float] | None:
        """Give the least and the largest value within the tolerance; none without a tolerance."""
        expected = self.expected(month)
        if expected is None or self.tolerance is None:
            return None
        return expected - self.tolerance, expected + self.tolerance

    def standing(self, month: Month, value: float) -> Standing | None:
        """Say how a month's value stands to the path; nothing where the path does not reach."""
        expected = self.expected(month)
        if expected is None:
            return None
        behind = round(self._behind(value - expected), DIGITS)
        if behind <= 0:
            return Standing.ON_TRACK
        within = behind <= (self.tolerance or 0.0)
        return Standing.WITHIN_TOLERANCE if within else Standing.OFF

    def path(self) -> list[tuple[Month, float]]:
        """Give the path's value in each month, from the baseline's to the target's.

        Of a target that lies before its baseline, only the target itself is left.
        """
        if self.target.month < self.baseline.month:
            return [(self.target.month, self.target.value)]
        months = range(self.baseline.month.ordinal, self.target.month.ordinal + 1)
        return [(m, e) for m in map(month_at, months) if (e := self.expected(m)) is not None]

    def _behind(self, gap: float) -> float:
        way = self.target.value - self.baseline.value
        if way == 0:
            return abs(gap)
        return -gap if way > 0 else gap
