"""The pure arithmetic: months, paths, flows and levels."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from metrics.domain.errors import Unnamed
from metrics.domain.figures import figures_of, name_of
from metrics.domain.folds import flow, level
from metrics.domain.jsonstat import read
from metrics.domain.months import Month, NotAPeriod, month_at, month_of, span_of
from metrics.domain.trajectory import Milestone, Trajectory

from .builders import a_dataset

PATH = Trajectory(Milestone(12.0, "2019-12"), Milestone(9.0, "2025-12"))


def test_the_path_is_straight_from_the_baseline_to_the_target() -> None:
    assert PATH.expected(Month(2019, 12)) == 12.0
    assert PATH.expected(Month(2022, 12)) == 10.5
    assert PATH.expected(Month(2025, 12)) == 9.0
    assert len(PATH.path()) == 73


def test_nothing_is_expected_before_the_baseline_or_after_the_target() -> None:
    assert PATH.expected(Month(2019, 11)) is None
    assert PATH.expected(Month(2026, 1)) is None


def test_of_a_year_its_last_month_is_meant() -> None:
    assert Milestone(9.0, "2025").month == Month(2025, 12)


def test_a_target_before_its_baseline_leaves_the_target_alone() -> None:
    assert Trajectory(PATH.target, PATH.baseline).path() == [(Month(2019, 12), 12.0)]


@pytest.mark.parametrize("period", ["2019-08", "2019M08"])
def test_a_month_is_read_as_people_and_as_offices_write_it(period: str) -> None:
    assert span_of(period).first == span_of(period).last == Month(2019, 8)


def test_a_quarter_and_a_year_are_spans() -> None:
    assert span_of("2019-Q3") == (Month(2019, 7), Month(2019, 9))
    assert span_of("2019") == (Month(2019, 1), Month(2019, 12))


@pytest.mark.parametrize("period", ["", "2019-13", "2019-8", "19-08", "2019W01", "tammikuu"])
def test_what_is_no_period_is_refused(period: str) -> None:
    with pytest.raises(NotAPeriod):
        span_of(period)


def test_a_moment_belongs_to_the_month_that_it_is_in_finland() -> None:
    assert month_of(datetime(2026, 10, 31, 22, 30, tzinfo=UTC)) == Month(2026, 11)


moved = st.dictionaries(
    st.builds(month_at, st.integers(24000, 24030)), st.integers(-5, 5).map(float), min_size=1
)


@given(moved)
def test_a_level_is_the_sum_of_all_that_moved_so_far(moves: dict[Month, float]) -> None:
    heights = level(moves, Month(2003, 1))
    assert all(
        height == sum(amount for at, amount in moves.items() if at <= month)
        for month, height in heights.items()
    )


@given(moved)
def test_a_flow_has_every_month_and_loses_nothing(moves: dict[Month, float]) -> None:
    months = flow(moves, Month(2003, 1))
    assert sum(months.values()) == sum(moves.values())
    assert list(months) == [
        month_at(n) for n in range(min(months).ordinal, max(months).ordinal + 1)
    ]


def test_what_never_moved_has_no_months() -> None:
    assert (flow({}, Month(2026, 1)), level({}, Month(2026, 1))) == ({}, {})


def test_a_series_is_named_as_given_else_by_table_file_or_label() -> None:
    figures = figures_of(read(a_dataset(extension={"px": {"tableid": "statfin_tyonv_pxt_12r5"}})))
    assert name_of(figures, "tyonv", "a.json") == "tyonv"
    assert name_of(figures, None, "a.json") == "statfin-tyonv-pxt-12r5"
    plain = figures_of(read(a_dataset()))
    assert name_of(plain, None, "Työttömät 2023.json") == "tyottomat-2023"
    assert name_of(plain, None, None) == "unemployed-jobseekers"
    with pytest.raises(Unnamed):
        name_of(figures_of(read(a_dataset(label=None))), None, "….json")


def test_figures_in_another_order_say_the_same() -> None:
    turned = a_dataset(months=("2023M10", "2023M09"), value=[3, 4, 1, 2])
    assert figures_of(read(turned)).fingerprint == figures_of(read(a_dataset())).fingerprint
