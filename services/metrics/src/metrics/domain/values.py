"""A value of an indicator, with what it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Value:
    """What an indicator was in one month; `value` is none where there is nothing to tell.

    `parts` are what the value was made from, so that whoever sums can compute it anew;
    `category` is the code in the dimension asked for; `status` is the official statistics'
    mark of a figure that is not told; `areas` are those whose official figures it is made of.
    """

    period: str
    value: float | None
    parts: Mapping[str, float] = field(default_factory=dict)
    category: str | None = None
    status: str | None = None
    areas: tuple[str, ...] = ()


def percent(part: float, whole: float) -> float | None:
    """Give a share in percent, 0 to 100; a share of nothing is nothing, not 0."""
    return 100 * part / whole if whole else None


def share(
    period: str, category: str | None, part: tuple[str, float], whole: tuple[str, float]
) -> Value:
    """Make a value in percent from two named counts."""
    return Value(period, percent(part[1], whole[1]), dict([part, whole]), category)


def count(period: str, category: str | None, number: float) -> Value:
    """Make a value that is a plain count."""
    return Value(period, number, {}, category)


def duration(period: str, category: str | None, mean: float, median: float, cases: int) -> Value:
    """Make a value in hours: the mean, with the median and the number of cases beside it."""
    return Value(period, mean, {"mean": mean, "median": median, "cases": cases}, category)
