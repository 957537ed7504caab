"""How what the parties gave is used: planned, used, left, and the forecast at the present pace."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Final

from partners.domain.agreement_terms import Commitment, ResourceKind

MARGIN: Final = 0.1  # of what is planned: a forecast that is off by more is named


class By(StrEnum):
    """What commitments are added up by."""

    THEME = "theme"
    PARTY = "party"
    PERIOD = "period"


class Pace(StrEnum):
    """How a commitment is used, at the present pace."""

    UNKNOWN = "unknown"
    UNDER = "under"
    ON_TRACK = "on_track"
    OVER = "over"


KEYS: Final[Mapping[By, Callable[[Commitment], str]]] = MappingProxyType(
    {
        By.THEME: lambda commitment: commitment.theme,
        By.PARTY: lambda commitment: commitment.party,
        By.PERIOD: lambda commitment: f"{commitment.first_day}/{commitment.last_day}",
    }
)


@dataclass(frozen=True)
class Line:
    """A commitment, what was used of it (in its own unit), and the last day of which that tells;
    none where nothing is known yet.
    """

    commitment: Commitment
    used: float
    known_until: date | None

    @property
    def forecast(self) -> float | None:
        """Give what will have been used on the last day, if each day to come uses as much as each
        day of which is known did: used × days of the period ÷ days known. None without any.
        """
        first, last = self.commitment.first_day, self.commitment.last_day
        if self.known_until is None or self.known_until < first:
            return None
        known = (min(self.known_until, last) - first).days + 1
        return self.used * ((last - first).days + 1) / known

    @property
    def pace(self) -> Pace:
        """Compare the forecast with the plan; within a tenth of it is on track."""
        forecast, planned = self.forecast, self.commitment.amount
        if forecast is None:
            return Pace.UNKNOWN
        if forecast > planned * (1 + MARGIN):
            return Pace.OVER
        return Pace.UNDER if forecast < planned * (1 - MARGIN) else Pace.ON_TRACK


@dataclass(frozen=True)
class Sum:
    """Commitments of one kind that are added up: amounts of two kinds never are."""

    key: str
    kind: ResourceKind
    lines: tuple[Line, ...]

    @property
    def planned(self) -> float:
        """What was promised."""
        return sum(line.commitment.amount for line in self.lines)

    @property
    def used(self) -> float:
        """What is known to be used."""
        return sum(line.used for line in self.lines)

    @property
    def forecast(self) -> float | None:
        """The sum of forecasts; none where one of them is not known."""
        found = [line.forecast for line in self.lines]
        return None if None in found else sum(value for value in found if value is not None)

    def named(self, pace: Pace) -> list[str]:
        """Name the commitments that go at a pace."""
        return [line.commitment.code for line in self.lines if line.pace is pace]


def sums(lines: Iterable[Line], by: By) -> list[Sum]:
    """Add commitments up by theme, party or period, each kind by itself."""

    def key(line: Line) -> tuple[str, ResourceKind]:
        return KEYS[by](line.commitment), line.commitment.kind

    return [
        Sum(name, kind, tuple(group))
        for (name, kind), group in groupby(sorted(lines, key=key), key=key)
    ]
