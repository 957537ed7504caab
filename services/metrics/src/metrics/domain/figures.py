"""Figures, as a series keeps them: one row for each cell that says something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

import orjson

from metrics.domain.errors import Unnamed
from metrics.domain.jsonstat import Dataset, Dimension, Role
from metrics.domain.months import NotAPeriod, Span, span_of
from metrics.domain.places import Part

LONGEST_NAME = 64


@dataclass(frozen=True)
class Figure:
    """One cell: where, when, what, by what else; a value, or the mark in its place."""

    position: int
    area: str
    period: str
    metric: str
    others: dict[str, str]
    value: float | None
    status: str | None


@dataclass(frozen=True)
class Figures:
    """All that a dataset says, with the names of its categories by dimension's role."""

    label: str | None
    source: str
    table: str | None
    updated: str | None
    rows: tuple[Figure, ...]
    areas: dict[str, str]
    metrics: dict[str, str]
    periods: tuple[str, ...] = field(default=())

    @property
    def fingerprint(self) -> bytes:
        """A hash of what the figures say, whatever their labels and the order of their cells."""
        said = sorted(
            orjson.dumps((r.area, r.period, r.metric, sorted(r.others.items()), r.value, r.status))
            for r in self.rows
        )
        return sha256(b"\n".join(said)).digest()


def figures_of(dataset: Dataset) -> Figures:
    """Take a dataset's cells by the roles of its dimensions. Raises `BadDocument`."""
    time, area, metric = (the(dataset, role) for role in ("time", "geo", "metric"))
    if time is None:
        raise Part(None, "/role/time").bad("must name the dimension of time")
    periods = {code: period_of(code, time) for code in time.categories}
    rows = tuple(rows_of(dataset, time, area, metric, periods))
    return Figures(
        label=dataset.label,
        source=dataset.source or dataset.label or "",
        table=dataset.table,
        updated=dataset.updated,
        rows=rows,
        areas=dict(area.categories) if area else {},
        metrics=dict(metric.categories) if metric else {},
        periods=tuple(sorted(periods.values(), key=lambda period: (span_of(period), period))),
    )


def the(dataset: Dataset, role: Role) -> Dimension | None:
    """Give the dimension of a role, of which there may be one."""
    found = dataset.of_role(role)
    if len(found) > 1:
        raise Part(None, f"/role/{role}").bad("must name one dimension at most")
    return found[0] if found else None


def rows_of(
    dataset: Dataset,
    time: Dimension,
    area: Dimension | None,
    metric: Dimension | None,
    periods: dict[str, str],
) -> Iterator[Figure]:
    """Give a row for each cell with a figure or a mark; of the others nothing is known."""
    for position, (codes, cell) in enumerate(dataset.observations()):
        if cell.value is None and cell.status is None:
            continue
        yield Figure(
            position=position,
            period=periods[codes.pop(time.code)],
            area=codes.pop(area.code) if area else "",
            metric=codes.pop(metric.code) if metric else "",
            others=codes,
            value=cell.value,
            status=cell.status,
        )


def period_of(code: str, time: Dimension) -> str:
    """Write a period in one way, whatever the office writes: `2019-08`, `2019-Q3`, `2019`."""
    try:
        span: Span = span_of(code)
    except NotAPeriod as error:
        place = f"/dimension/{time.code}/category/index"
        raise Part(None, place).bad(f"must name periods. {error}") from None
    months = span.last.ordinal - span.first.ordinal + 1
    if months == 1:
        return str(span.first)
    return f"{span.first.year}-Q{span.last.month // 3}" if months == 3 else f"{span.first.year}"


def name_of(figures: Figures, given: str | None, file: str | None) -> str:
    """Name the series: as given, else by its table, its file or its label. Raises `Unnamed`."""
    stem = file.rpartition("/")[2].partition(".")[0] if file else None
    for candidate in (given, figures.table, stem, figures.label):
        name = slug(candidate or "")
        if len(name) > 1:
            return name
    raise Unnamed(pointer="/query/series")


def slug(text: str) -> str:
    """Make a code of a text: small letters, digits and hyphens."""
    plain = text.lower().translate(str.maketrans("äåöüé", "aaoue"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
