"""What callers see."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from kit.pages import Listing
from kit.texts import Text
from pydantic import BaseModel, ConfigDict, Field

from metrics.domain.copies import Agreement, Aim, Stage
from metrics.domain.measures import UNITS, Indicator, Unit
from metrics.domain.months import Month, span_of
from metrics.domain.series import Vintage
from metrics.domain.trajectory import Standing, Trajectory
from metrics.domain.values import Value


class ValueView(BaseModel):
    """What an indicator was in a month."""

    model_config = ConfigDict(from_attributes=True)

    period: str = Field(examples=["2026-11"])
    value: float | None = Field(description="Null where there is nothing to tell; see status")
    parts: dict[str, float] = Field(description="What it was made from: sum these, then compute")
    category: str | None = Field(description="The code in the dimension of `by`")
    status: str | None = Field(
        description="Official mark: `.` not possible, `..` unknown, `...` secret"
    )
    areas: list[str] = Field(
        examples=[["KU564"]],
        description="The areas whose official figures it is made of; empty where it is of others",
    )

    @classmethod
    def of(cls, value: Value | None) -> Self | None:
        """Show a value, if there is one."""
        return None if value is None else cls.model_validate(value)


class IndicatorView(BaseModel):
    """An indicator and its newest value."""

    code: str
    name: Text
    definition: Text
    unit: Unit
    unit_name: Text
    by: list[str] = Field(description="The dimensions by which its values can be had")
    source: Text
    latest: ValueView | None
    changed_at: datetime | None = Field(description="Time of the last fact or import behind it")

    @classmethod
    def of(cls, indicator: Indicator, latest: Value | None, at: datetime | None) -> Self:
        """Show an indicator."""
        return cls(
            code=indicator.code,
            name=indicator.name,
            definition=indicator.definition,
            unit=indicator.unit,
            unit_name=UNITS[indicator.unit],
            by=[dimension.code for dimension in indicator.by],
            source=indicator.source,
            latest=ValueView.of(latest),
            changed_at=at,
        )


class ValuesView(Listing[ValueView]):
    """An indicator's values, oldest first, all on one page: `from` and `to` choose."""

    indicator: str
    unit: Unit
    by: str | None


class AgreementName(BaseModel):
    """Whose goal it is."""

    code: str
    name: Text
    in_force: bool
    version: int | None = Field(description="Whose goals these are; null: it had no versions yet")
    valid_from: date
    valid_until: date


class Expected(BaseModel):
    """A month of a goal's path, and what the indicator was in it."""

    period: str
    expected: float
    low: float | None = Field(description="The least within the tolerance; null without one")
    high: float | None = Field(description="The largest within the tolerance; null without one")
    actual: float | None
    standing: Standing | None = Field(description="How actual stands to the path")


class GoalView(BaseModel):
    """A goal of an agreement, and how the indicator stands to the path."""

    agreement: AgreementName
    code: str
    name: Text
    indicator: str
    area: str | None = Field(
        examples=["KU564"], description="Where the indicator is meant; null: over all"
    )
    baseline: Stage
    target: Stage
    steps: list[Stage] = Field(
        description="What is wanted from each period on; empty: the path is straight"
    )
    tolerance: float | None = Field(description="In the indicator's unit")
    latest: ValueView | None
    expected: float | None = Field(description="The path's value in the month of latest")
    gap: float | None = Field(description="latest minus expected, in the indicator's unit")
    standing: Standing | None = Field(
        description="How latest stands: on the path or better, behind it within tolerance, or off"
    )
    trajectory: list[Expected]

    @classmethod
    def of(cls, agreement: Agreement, aim: Aim, values: Sequence[Value], on: date) -> Self:
        """Show a goal: its path, and how what was measured stands to it."""
        told = [value for value in values if value.value is not None]
        latest = told[-1] if told else None
        known = {value.period: value.value for value in told}
        path = aim.trajectory
        at = span_of(latest.period).last if latest else None
        expected = path.expected(at) if at else None
        actual = latest.value if latest else None
        return cls(
            agreement=AgreementName(
                **agreement.model_dump(
                    include={"code", "name", "version", "valid_from", "valid_until"}
                ),
                in_force=agreement.in_force(on),
            ),
            **aim.model_dump(),
            latest=ValueView.of(latest),
            expected=expected,
            gap=None if expected is None or actual is None else actual - expected,
            standing=path.standing(at, actual) if at and actual is not None else None,
            trajectory=[
                month_of_path(path, month, known.get(str(month))) for month, _ in path.path()
            ],
        )


def month_of_path(path: Trajectory, month: Month, actual: float | None) -> Expected:
    """Show a month of a path, and how what was measured in it stands."""
    low, high = path.band(month) or (None, None)
    return Expected(
        period=str(month),
        expected=path.expected(month),
        low=low,
        high=high,
        actual=actual,
        standing=None if actual is None else path.standing(month, actual),
    )


class VintageView(BaseModel):
    """What was published at one time."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    label: str | None
    source: str
    updated: str | None = Field(description="When its publisher says that it was updated")
    first_period: str
    last_period: str
    observations: int
    imported_at: datetime
    imported_by: str


class SeriesView(BaseModel):
    """A series and its newest vintage."""

    series: str
    vintage: VintageView

    @property
    def revision(self) -> int:
        """The vintage's number, which is the series's revision."""
        return self.vintage.number

    @classmethod
    def of(cls, vintage: Vintage) -> Self:
        """Show a vintage as its series's newest."""
        return cls(series=vintage.series, vintage=VintageView.model_validate(vintage))


class ObservationView(BaseModel):
    """One cell: a value, or the mark in its place."""

    model_config = ConfigDict(from_attributes=True)

    area: str
    period: str
    metric: str
    others: dict[str, str] = Field(description="Its categories in all other dimensions")
    value: float | None
    status: str | None


class FiguresView(Listing[ObservationView]):
    """A vintage's cells, a page at a time, with what they are about."""

    series: str
    vintage: VintageView
    vintages: list[VintageView] = Field(description="All that were imported, the newest first")
    areas: dict[str, str] = Field(description="Area code to label")
    metrics: dict[str, str] = Field(description="Metric code to label")

    @property
    def revision(self) -> int:
        """The shown vintage's number."""
        return self.vintage.number
