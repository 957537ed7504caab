"""Charts as SVG, drawn on the server by Vega-Lite. The same input gives the same bytes.

Fonts: Liberation Sans comes inside vl-convert, so texts are measured alike on every machine.
Colours: blue and vermillion of Okabe and Ito's palette, darkened to 4.5:1 on white; every line
also differs in its stroke, so that no meaning hangs on colour.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import altair as alt
import vl_convert
from altair.vegalite.v6.schema import core
from kit.texts import Language

from metrics.dashboard import axes
from metrics.dashboard.voice import Voice
from metrics.domain.measures import Unit

WIDE, NARROW = 720, 328  # in CSS pixels; a phone of 360 px has 328 between its margins
INK, QUIET, GRID, BLUE, VERMILLION = "#1a2b34", "#4c5c65", "#dfe3e2", "#00578a", "#a8430a"
FONT: Final = "Liberation Sans"
LABEL_WIDTH: Final = 64  # room for the figure beside a line's end
TICK_WIDTH: Final = 54  # room for the name of a month or year
MOST_BARS: Final = 12

# Vega gives each group of marks a role, but not the name that such a role must have; the whole
# drawing is one image with a name, so they go.
TAG: Final = re.compile(r"<[^>]+>")
ROLES: Final = re.compile(r' (?:role|aria-roledescription|aria-hidden)="[^"]*"')

AltairChart = alt.LayerChart | alt.FacetChart
Point = tuple[int, float | None]  # a month's ordinal, and the value in it
Points = tuple[Point, ...]


@dataclass(frozen=True)
class TimeChart:
    """Values month by month: a line, or columns for what happened; with a goal, its path too.

    `tolerance` is drawn as a band around the path, in the unit of the values.
    `full` is the value at which everything is used or reached, where there is such a value.
    """

    points: Points
    unit: Unit
    language: Language
    columns: bool = False
    path: Points = ()
    steps: bool = False
    tolerance: float | None = None
    full: float | None = None

    def draw(self, width: int) -> AltairChart:
        """Lay the chart's parts over one another."""
        plane = Plane(self, width)
        parts = plane.columns() if self.columns else plane.line()
        height = round(width * 0.18 + 170)
        return alt.layer(*plane.goal(), *parts).properties(width=width, height=height)

    @property
    def months(self) -> range:
        """All months that the chart reaches over."""
        months = [month for month, _ in self.points + self.path]
        return range(min(months), max(months) + 1)


class Plane:
    """The axes of a chart over time, and the marks that are placed by them."""

    def __init__(self, chart: TimeChart, width: int) -> None:
        self.chart, self.width = chart, width
        self.x, self.y = across(chart, width), upwards(chart)

    def line(self) -> list[alt.Chart]:
        """Draw the values as a line, its end marked; an unknown value breaks it."""
        line = data(self.chart.points).mark_line(color=BLUE, strokeWidth=2.5, strokeJoin="round")
        end = tuple(point for point in self.chart.points if point[1] is not None)[-1:]
        return [self.placed(line), *self.marked(end, BLUE, align="left", dx=10)]

    def columns(self) -> list[alt.Chart]:
        """Draw the values as columns; where there are few, each carries its figure."""
        months = len(self.chart.months)
        size = min(44.0, (self.width - 60) / months * 0.7)
        columns = data(self.chart.points).mark_bar(color=BLUE, width=size, cornerRadiusEnd=2)
        named = self.chart.points if months <= 8 else ()
        return [self.placed(columns), self.labels(named, INK, dy=-9)]

    def goal(self) -> list[alt.Chart]:
        """Draw the goal's level as a thin line, the path to it as a broken one, its tolerance as
        a band.
        """
        if not self.chart.path:
            return []
        target = self.chart.path[-1]
        level = data((target,)).mark_rule(color=VERMILLION, strokeWidth=1.5).encode(y=self.y)
        way: Any = "step-after" if self.chart.steps else "linear"
        path = data(self.chart.path).mark_line(
            color=INK, strokeWidth=1.75, strokeDash=[6, 4], interpolate=way
        )
        end = self.marked((target,), VERMILLION, align="right", dx=4, dy=16)
        return [*self.band(way), level, self.placed(path), *end]

    def band(self, way: Any) -> list[alt.Chart]:
        """Draw how far from the path is within the tolerance; what is below 0 cannot be."""
        around = self.chart.tolerance
        if not around:
            return []
        rows = [
            {"month": month, "low": max(0.0, value - around), "value": value + around}
            for month, value in self.chart.path
            if value is not None
        ]
        area = table(rows).mark_area(color=INK, opacity=0.1, interpolate=way)
        return [self.placed(area).encode(y2="low:Q")]

    def marked(self, points: Points, color: str, **at: Any) -> list[alt.Chart]:
        """Draw dots with their figures."""
        dots = data(points).mark_point(fill=color, opacity=1, size=52, stroke="white")
        return [self.placed(dots), self.labels(points, color, **at)]

    def labels(self, points: Points, color: str, **at: Any) -> alt.Chart:
        """Write each point's value in the chart's language."""
        voice, unit = Voice(self.chart.language), self.chart.unit
        rows = [{"month": m, "value": v, "label": voice.amount(v, unit)} for m, v in points]
        texts = table(rows).mark_text(color=color, fontWeight="bold", **at)
        return self.placed(texts.encode(text="label:N"))

    def placed(self, marks: alt.Chart) -> alt.Chart:
        """Place marks by their month and value."""
        return marks.encode(x=self.x, y=self.y)


def data(points: Points) -> alt.Chart:
    """Make a layer's data."""
    return table([{"month": m, "value": v} for m, v in points])


def table(rows: list[dict[str, Any]]) -> alt.Chart:
    """Make marks without a form, one for each row."""
    return alt.Chart(core.InlineData(values=rows))


def across(chart: TimeChart, width: int) -> alt.X:
    """Make the axis of months; beyond its end there is room for the last figure."""
    months = chart.months
    marks = axes.marked_months(months[0], months[-1], width // TICK_WIDTH)
    side = 0.6 if chart.columns else 0.3
    beyond = months[-1] - (chart.points[-1][0] if chart.points else months[-1])
    label = 0.0 if chart.columns else max(len(months), 2) * LABEL_WIDTH / width
    room = max(0.0, label - beyond)
    return alt.X(
        "month:Q",
        title=None,
        scale=alt.Scale(domain=[months[0] - side, months[-1] + side + room], nice=False),
        axis=alt.Axis(
            values=list(marks),
            labelExpr=axes.month_label(marks),
            grid=False,
            domainColor=QUIET,
            tickColor=QUIET,
            labelOverlap="greedy",
        ),
    )


def upwards(chart: TimeChart) -> alt.Y:
    """Make the axis of values; it begins at 0, so that heights may be compared."""
    values = [value for _, value in chart.points if value is not None]
    around = chart.tolerance or 0.0
    values += [value + around for _, value in chart.path if value is not None]
    marks = axes.marked_values(values, chart.unit, chart.full)
    label = axes.value_label(chart.unit, chart.language)
    axis = alt.Axis(labelExpr=label, values=marks, domain=False, ticks=False)
    scale = alt.Scale(domain=[0, marks[-1]], nice=False)
    return alt.Y("value:Q", title=None, axis=axis, scale=scale)


@dataclass(frozen=True)
class BarChart:
    """Categories side by side, the largest first; a name stands above its bar."""

    rows: tuple[tuple[str, float], ...]
    unit: Unit
    language: Language
    full: float | None = None

    def draw(self, width: int) -> AltairChart:
        """Lay names, bars and figures over one another."""
        voice = Voice(self.language)
        rows = [
            {"n": n, "name": name, "value": value, "label": voice.amount(value, self.unit)}
            for n, (name, value) in enumerate(self.rows[:MOST_BARS])
        ]
        most = axes.reach([value for _, value in self.rows], self.unit, self.full)
        length = alt.Scale(domain=[0, most * width / (width - LABEL_WIDTH)], nice=False)
        each = table(rows).encode(
            x=alt.X("value:Q", axis=None, scale=length), y=alt.Y("n:O", axis=None)
        )
        bars = each.mark_bar(color=BLUE, height=12, yOffset=9, cornerRadiusEnd=2)
        figures = each.mark_text(align="left", dx=7, dy=10, color=INK, fontWeight="bold")
        names = each.mark_text(align="left", dy=-8, color=INK, limit=width - 8)
        return alt.layer(
            bars, figures.encode(text="label:N"), names.encode(x=alt.value(0), text="name:N")
        ).properties(width=width, height=46 * len(rows))


Drawing = TimeChart | BarChart


@lru_cache(maxsize=512)
def svg_of(chart: Drawing, width: int) -> str:
    """Draw a chart at a width, once for each input; about 40 ms the first time."""
    drawn = chart.draw(width).properties(autosize={"type": "fit", "contains": "padding"})
    spec = drawn.configure(
        font=FONT,
        background="transparent",
        aria=False,
        padding=2,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(labelColor=QUIET, labelFontSize=13, gridColor=GRID, labelPadding=6),
        text=alt.MarkConfig(fontSize=14),
    ).to_dict()
    numbers = axes.NUMBERS[chart.language]
    svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale=numbers)
    return TAG.sub(lambda tag: ROLES.sub("", tag[0]), svg)
