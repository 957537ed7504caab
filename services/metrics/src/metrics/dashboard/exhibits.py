"""A chart, what it says in words, and the table of its figures: one cannot be had alone."""

from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup, escape

from metrics.dashboard.charts import NARROW, WIDE, BarChart, Drawing, TimeChart, svg_of
from metrics.dashboard.pages import Breakdown, Goal
from metrics.dashboard.voice import UNKNOWN, Voice
from metrics.domain.indicators import Indicator, Unit
from metrics.domain.jsonstat import MARKS
from metrics.domain.months import month_at, span_of
from metrics.domain.values import Value


@dataclass(frozen=True)
class Table:
    """Columns, and rows whose first cell is their heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]


@dataclass(frozen=True)
class Exhibit:
    """A drawing with its title, its description for who cannot see it, and its table."""

    title: str
    description: str
    drawing: Drawing
    table: Table

    @property
    def wide(self) -> Markup:
        """The drawing for a desk."""
        return self._svg(WIDE, "wide")

    @property
    def narrow(self) -> Markup:
        """The drawing for a phone; one of the two is shown, the other is hidden from everyone."""
        return self._svg(NARROW, "narrow")

    def _svg(self, width: int, size: str) -> Markup:
        """Name the drawing, and make its ids unique, since a page holds several."""
        key = f"c{sha256(repr(self.drawing).encode()).hexdigest()[:10]}-{size}"
        drawn = svg_of(self.drawing, width).replace('id="', f'id="{key}-')
        drawn = drawn.replace("url(#", f"url(#{key}-").replace("<svg ", f"<svg {head(key)} ", 1)
        names = f'<title id="{key}-t">{escape(self.title)}</title>'
        names += f'<desc id="{key}-d">{escape(self.description)}</desc>'
        start = drawn.index(">") + 1
        return Markup(drawn[:start] + names + drawn[start:])  # noqa: S704 (Vega escapes its texts)


def head(key: str) -> str:
    """Say to assistive technology that this is one image, and what names it."""
    return f'role="img" aria-labelledby="{key}-t" aria-describedby="{key}-d"'


def goal_exhibit(goal: Goal, voice: Voice) -> Exhibit:
    """Show what the indicator was beside the straight path to the goal."""
    path = tuple((month.ordinal, value) for month, value in goal.trajectory.path())
    points = points_of(goal.values)
    unit = goal.indicator.unit
    drawing = TimeChart(points or ((path[0][0], None),), unit, voice.language, path=path)
    name = goal.indicator.name.read(voice.language)
    said = [said_of_points(name, points, unit, voice, "chart_line"), said_of_path(goal, voice)]
    title = goal.name.read(voice.language)
    return Exhibit(title, " ".join(filter(None, said)), drawing, goal_table(goal, voice))


def goal_table(goal: Goal, voice: Voice) -> Table:
    """List each month's value and what the path expects of it."""
    values = {span_of(value.period).first.ordinal: value for value in goal.values}
    path = {month.ordinal: value for month, value in goal.trajectory.path()}
    unit = goal.indicator.unit
    rows = tuple(
        (
            escape(voice.month(str(month_at(month)))),
            told(values[month], unit, voice) if month in values else escape(UNKNOWN),
            escape(voice.amount(path.get(month), unit)),
        )
        for month in sorted(values.keys() | path.keys())
    )
    columns = (voice.word("month"), voice.word("observed"), voice.word("path"))
    return Table(goal.name.read(voice.language), columns, rows)


def time_exhibit(indicator: Indicator, values: tuple[Value, ...], voice: Voice) -> Exhibit:
    """Show an indicator month by month: a level as a line, what happened as columns."""
    points, name = points_of(values), indicator.name.read(voice.language)
    columns = not indicator.level or len(points) == 1
    drawing = TimeChart(
        points, indicator.unit, voice.language, columns=columns, full=indicator.full
    )
    kind = "chart_bars" if columns else "chart_line"
    said = said_of_points(name, points, indicator.unit, voice, kind)
    title = f"{name}: {voice.word('over_time').lower()}"
    return Exhibit(title, said, drawing, time_table(title, indicator, values, voice))


def time_table(title: str, indicator: Indicator, values: tuple[Value, ...], voice: Voice) -> Table:
    """List each month's value and what it was made from."""
    rows = tuple(
        (escape(voice.month(value.period)), *figures(value, indicator, voice)) for value in values
    )
    return Table(title, (voice.word("month"), *headings(indicator, voice)), rows)


def breakdown_exhibit(indicator: Indicator, breakdown: Breakdown, voice: Voice) -> Exhibit:
    """Show the newest month by one dimension, the largest first."""
    name = indicator.name.read(voice.language)
    dimension = breakdown.dimension.name.read(voice.language)
    each = breakdown.dimension.each.read(voice.language)
    title = f"{each}, {voice.month(breakdown.period)}"
    ordered = sorted(breakdown.values, key=lambda v: -(v.value if v.value is not None else -1))
    bars = tuple(
        (breakdown.name(v).read(voice.language), v.value) for v in ordered if v.value is not None
    )
    rows = tuple((voice.read(breakdown.name(v)), *figures(v, indicator, voice)) for v in ordered)
    said = voice.word("chart_by", name=name, each=each.lower())
    drawing = BarChart(bars, indicator.unit, voice.language, indicator.full)
    return Exhibit(
        title, said, drawing, Table(title, (dimension, *headings(indicator, voice)), rows)
    )


def headings(indicator: Indicator, voice: Voice) -> tuple[str, ...]:
    """Name the columns of a value and of what it was made from."""
    parts = tuple(text.read(voice.language) for text in indicator.parts.values())
    return (voice.word("value"), *parts)


def figures(value: Value, indicator: Indicator, voice: Voice) -> tuple[Markup, ...]:
    """Write a value and its parts as cells."""
    parts = (part_of(value, name, indicator.unit, voice) for name in indicator.parts)
    return (told(value, indicator.unit, voice), *parts)


def part_of(value: Value, name: str, unit: Unit, voice: Voice) -> Markup:
    """Write one part: an average keeps the indicator's unit, a count has none."""
    part = value.parts.get(name)
    if part is None:
        return escape(UNKNOWN)
    written = (
        voice.hours(part) if name in {"mean", "median"} and unit == "hours" else voice.number(part)
    )
    return escape(written)


def told(value: Value, unit: Unit, voice: Voice) -> Markup:
    """Write a value; where official statistics do not tell it, their mark and its meaning."""
    if value.value is None and value.status in MARKS:
        meaning = voice.word(f"mark_{value.status}")
        return Markup('<span class="mark">{}</span>').format(meaning)
    return escape(voice.amount(value.value, unit))


def points_of(values: tuple[Value, ...]) -> tuple[tuple[int, float | None], ...]:
    """Place values on the axis of months; a month without a value between others is a gap."""
    if not values:
        return ()
    known = {span_of(value.period).first.ordinal: value.value for value in values}
    return tuple((month, known.get(month)) for month in range(min(known), max(known) + 1))


def said_of_points(
    name: str, points: tuple[tuple[int, float | None], ...], unit: Unit, voice: Voice, kind: str
) -> str:
    """Say in words what a chart over time shows: its ends, extremes and newest value."""
    known = [(value, month) for month, value in points if value is not None]
    if not known:
        return ""
    first, last = known[0], known[-1]
    said: dict[str, object] = {"name": name, "first": at(first, voice), "last": at(last, voice)}
    for word, pair in {"lowest": min(known), "highest": max(known), "latest": last}.items():
        said |= {word: voice.amount(pair[0], unit), f"{word}_at": at(pair, voice)}
    return f"{voice.word(kind, **said)} {voice.word('chart_lowest', **said)}"


def said_of_path(goal: Goal, voice: Voice) -> str:
    """Say in words where the path to the goal starts and ends."""
    start, end, unit = goal.trajectory.baseline, goal.trajectory.target, goal.indicator.unit
    return voice.word(
        "chart_goal",
        start=voice.amount(start.value, unit),
        start_at=voice.month(str(start.month)),
        end=voice.amount(end.value, unit),
        end_at=voice.month(str(end.month)),
    )


def at(pair: tuple[float, int], voice: Voice) -> str:
    """Name the month of a (value, month) pair."""
    return voice.month(str(month_at(pair[1])))
