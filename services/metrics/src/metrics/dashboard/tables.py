"""Tables of figures: what a chart shows, for who would rather read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from metrics.dashboard.pages import Goal
from metrics.dashboard.voice import UNKNOWN, Voice
from metrics.domain.jsonstat import MARKS
from metrics.domain.measures import Indicator, Unit
from metrics.domain.months import month_at, span_of
from metrics.domain.values import Value


@dataclass(frozen=True)
class Table:
    """Columns, and rows whose first cell is their heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]


def goal_table(goal: Goal, voice: Voice) -> Table:
    """List each month's value, what the path expects of it, and how it stands to that."""
    values = {span_of(value.period).first.ordinal: value for value in goal.values}
    way, unit = goal.trajectory, goal.indicator.unit
    path = {month.ordinal: value for month, value in way.path()}
    rows = tuple(
        (
            escape(voice.month(str(month_at(month)))),
            told(values[month], unit, voice) if month in values else escape(UNKNOWN),
            escape(voice.amount(path.get(month), unit)),
            *((escape(band(goal, month, voice)),) if way.tolerance is not None else ()),
            escape(stands(goal, values.get(month), voice)),
        )
        for month in sorted(values.keys() | path.keys())
    )
    words = (
        "month",
        "observed",
        "path",
        *(("band",) if way.tolerance is not None else ()),
        "stands",
    )
    return Table(goal.name.read(voice.language), tuple(map(voice.word, words)), rows)


def band(goal: Goal, month: int, voice: Voice) -> str:
    """Write what is within the tolerance in a month."""
    ends = goal.trajectory.band(month_at(month))
    if ends is None:
        return UNKNOWN
    return " – ".join(voice.amount(max(0.0, end), goal.indicator.unit) for end in ends)


def stands(goal: Goal, value: Value | None, voice: Voice) -> str:
    """Say how a value stands to the path."""
    standing = goal.standing(value) if value else None
    return voice.word(standing) if standing else UNKNOWN


def value_table(
    title: str,
    heading: str,
    names: Sequence[Markup],
    values: Sequence[Value],
    indicator: Indicator,
    voice: Voice,
) -> Table:
    """List values by name, each with what it was made from where any of them has it."""
    parts = [part for part in indicator.parts if any(part in value.parts for value in values)]
    columns = (heading, voice.word("value"), *(voice.part(indicator, part) for part in parts))
    rows = tuple(
        (name, told(value, indicator.unit, voice), *(part_of(value, p, voice) for p in parts))
        for name, value in zip(names, values, strict=True)
    )
    return Table(title, columns, rows)


def made_from(value: Value, indicator: Indicator, voice: Voice) -> list[tuple[str, Markup]]:
    """Name what a value was made from, or what stands beside it, each with its figure."""
    return [
        (voice.part(indicator, part), part_of(value, part, voice))
        for part in indicator.parts
        if part in value.parts
    ]


def part_of(value: Value, part: str, voice: Voice) -> Markup:
    """Write one part: a median is in hours, all else is counted."""
    figure = value.parts.get(part)
    if figure is None:
        return escape(UNKNOWN)
    return escape(voice.hours(figure) if part == "median" else voice.number(figure))


def told(value: Value, unit: Unit, voice: Voice) -> Markup:
    """Write a value; where official statistics do not tell it, their mark's meaning."""
    if value.value is None and value.status in MARKS:
        meaning = voice.word(f"mark_{value.status}")
        return Markup('<span class="mark">{}</span>').format(meaning)
    return escape(voice.amount(value.value, unit))
