"""What the pages are made of: plain, frozen, and known without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kit.texts import Text

from metrics.domain.measures import Dimension, Indicator
from metrics.domain.months import span_of
from metrics.domain.trajectory import Standing, Trajectory
from metrics.domain.values import Value


@dataclass(frozen=True)
class Agreement:
    """The agreement that the front page is about."""

    name: Text
    vision: Text | None
    version: int | None
    valid_from: date
    valid_until: date


@dataclass(frozen=True)
class Goal:
    """A goal of the agreement, and what its indicator has been in its area, oldest value first."""

    code: str
    name: Text
    indicator: Indicator
    area: Text | None
    trajectory: Trajectory
    values: tuple[Value, ...]

    def standing(self, value: Value) -> Standing | None:
        """Say how a value stands to the path; nothing where either is not known."""
        if value.value is None:
            return None
        return self.trajectory.standing(span_of(value.period).last, value.value)


@dataclass(frozen=True)
class Card:
    """An indicator in short: its newest two values, of which areas, and when it last changed."""

    indicator: Indicator
    latest: Value | None
    previous: Value | None
    changed_at: datetime | None
    areas: tuple[Text, ...] = ()


@dataclass(frozen=True)
class FrontPage:
    """The goals of the agreement in force, and all indicators."""

    agreement: Agreement | None
    goals: tuple[Goal, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Breakdown:
    """The newest month's values by one dimension; `names` are the categories' own."""

    dimension: Dimension
    period: str
    values: tuple[Value, ...]
    names: Mapping[str, Text] = field(default_factory=dict)

    def name(self, value: Value) -> Text:
        """Name a value's category, by its code where no better is known."""
        return named(value.category or "–", self.names)


def named(code: str, names: Mapping[str, Text]) -> Text:
    """Name a code, by itself where no better is known."""
    return names.get(code) or Text(fi=code, sv=code, en=code)


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator: its values, oldest first, and the newest by each dimension."""

    card: Card
    values: tuple[Value, ...]
    breakdowns: tuple[Breakdown, ...]
    source: Text
