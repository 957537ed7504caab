"""The path from where a goal began to where it is to end: a straight line, month by month."""

from dataclasses import dataclass

from metrics.domain.months import Month, month_at, span_of


@dataclass(frozen=True)
class Milestone:
    """A value in a period; of a year or a quarter, its last month is meant."""

    value: float
    period: str

    @property
    def month(self) -> Month:
        """The month that the value is for."""
        return span_of(self.period).last


@dataclass(frozen=True)
class Trajectory:
    """Linear from the baseline to the target; nothing is expected before or after."""

    baseline: Milestone
    target: Milestone

    def expected(self, month: Month) -> float | None:
        """Give the value that the straight line has in a month, in the indicator's unit."""
        start, end = self.baseline.month.ordinal, self.target.month.ordinal
        if not start <= month.ordinal <= end:
            return None
        if start == end:
            return self.target.value
        done = (month.ordinal - start) / (end - start)
        return self.baseline.value + done * (self.target.value - self.baseline.value)

    def path(self) -> list[tuple[Month, float]]:
        """Give the line's value in each month, from the baseline's to the target's.

        Of a target that lies before its baseline, only the target itself is left.
        """
        if self.target.month < self.baseline.month:
            return [(self.target.month, self.target.value)]
        months = range(self.baseline.month.ordinal, self.target.month.ordinal + 1)
        return [(m, e) for m in map(month_at, months) if (e := self.expected(m)) is not None]
