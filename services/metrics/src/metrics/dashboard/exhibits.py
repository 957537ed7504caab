"""A chart, what it says in words, and the table of its figures: one cannot be had alone."""

from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup, escape

from metrics.dashboard.charts import (
    MOST_BARS,
    NARROW,
    WIDE,
    BarChart,
    Drawing,
    TimeChart,
    svg_of,
)
from metrics.dashboard.pages import Breakdown, Goal
from metrics.dashboard.tables import Table, goal_table, value_table
from metrics.dashboard.voice import Voice
from metrics.domain.measures import Indicator, Unit
from metrics.domain.months import month_at, span_of
from metrics.domain.values import Value


@dataclass(frozen=True)
class Exhibit:
    """A drawing with its title, its description for who cannot see it, and its table."""

    title: str
    description: str
    drawing: Drawing
    table: Table
    note: str = ""

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
    """Show what the indicator was beside the path to the goal."""
    way = goal.trajectory
    path = tuple((month.ordinal, value) for month, value in way.path())
    points = points_of(goal.values)
    unit = goal.indicator.unit
    drawing = TimeChart(
        points or ((path[0][0], None),),
        unit,
        voice.language,
        path=path,
        steps=bool(way.steps),
        tolerance=way.tolerance,
    )
    name = goal.indicator.name.read(voice.language)
    name += f" ({goal.area.read(voice.language)})" if goal.area else ""
    said = [said_of_points(name, points, unit, voice, "chart_line"), said_of_path(goal, voice)]
    title = goal.name.read(voice.language)
    return Exhibit(title, " ".join(filter(None, said)), drawing, goal_table(goal, voice))


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
    months = [escape(voice.month(value.period)) for value in values]
    table = value_table(title, voice.word("month"), months, values, indicator, voice)
    return Exhibit(title, said, drawing, table)


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
    names = [voice.read(breakdown.name(value)) for value in ordered]
    return Exhibit(
        title,
        voice.word("chart_by", name=name, each=each.lower()),
        BarChart(bars, indicator.unit, voice.language, indicator.full),
        value_table(title, dimension, names, ordered, indicator, voice),
        voice.word("largest", MOST_BARS) if len(bars) > MOST_BARS else "",
    )


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
    """Say in words how the path to the goal goes, and how far from it is allowed."""
    way, unit = goal.trajectory, goal.indicator.unit
    steps = [(step.value, step.since) for step in way.steps]
    said = voice.word(
        "chart_steps" if steps else "chart_goal",
        start=voice.amount(way.baseline.value, unit),
        start_at=voice.month(str(way.baseline.month)),
        steps=", ".join(f"{voice.amount(v, unit)} ({voice.month(str(m))})" for v, m in steps),
        end=voice.amount(way.target.value, unit),
        end_at=voice.month(str(way.target.month)),
    )
    if way.tolerance is None:
        return said
    return f"{said} {voice.word('tolerance', voice.distance(way.tolerance, unit))}"


def at(pair: tuple[float, int], voice: Voice) -> str:
    """Name the month of a (value, month) pair."""
    return voice.month(str(month_at(pair[1])))
