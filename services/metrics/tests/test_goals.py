"""Goals, their paths, and where the indicator stands."""

import json
import os
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from kit import clock
from kit.testing import Harness

from .builders import OULU, TE, Story, a_dataset, a_goal, imported, values

FIGURES = json.loads(files("metrics").joinpath("figures/tyonv_12r5_oulu.json").read_text())
REAL = os.environ.get("KUMPPANI_REAL_FIGURES")


async def only_goal(metrics: Harness) -> dict[str, Any]:
    """Read the goal of the one agreement."""
    (goal,) = (await metrics.caller(TE).get("/goals")).json()["items"]
    return dict(goal)


def newest(values: list[dict[str, Any]]) -> tuple[str, float, int]:
    """Give the month, the rate and the number of areas of the newest value."""
    latest = values[-1]
    return latest["period"], round(latest["value"], 1), len(latest["areas"])


async def test_a_goal_has_a_straight_path_and_the_distance_to_it(metrics: Harness) -> None:
    await Story(metrics).agreement()
    await imported(metrics, a_dataset(months=("2022M12",), value=[11, 100]))
    goal = await only_goal(metrics)
    assert (goal["agreement"]["code"], goal["agreement"]["in_force"]) == ("oulu-2026", True)
    assert (goal["latest"]["value"], goal["expected"], goal["gap"]) == (11, 10.5, 0.5)
    assert len(goal["trajectory"]) == 73
    assert goal["trajectory"][0] == {
        "period": "2019-12", "expected": 12, "low": None, "high": None, "actual": None,
        "standing": None,
    }  # fmt: skip
    december = goal["trajectory"][36]
    assert (december["period"], december["expected"], december["actual"]) == ("2022-12", 10.5, 11)
    assert goal["standing"] == december["standing"] == "off"


async def test_without_figures_a_goal_has_its_path_alone(metrics: Harness) -> None:
    await Story(metrics).agreement()
    goal = await only_goal(metrics)
    assert (goal["latest"], goal["expected"], goal["gap"]) == (None, None, None)
    last = goal["trajectory"][-1]
    assert (last["period"], last["expected"], last["actual"]) == ("2025-12", 9, None)


async def test_a_goal_that_no_indicator_measures_is_still_shown(metrics: Harness) -> None:
    await Story(metrics).agreement(goals=[a_goal(indicator="happiness")])
    goal = await only_goal(metrics)
    assert (goal["indicator"], goal["latest"]) == ("happiness", None)


async def test_a_goal_is_measured_in_its_own_area_whatever_else_is_imported(
    metrics: Harness,
) -> None:
    await Story(metrics).agreement()
    await imported(metrics, FIGURES, "oulu")
    neighbours = a_dataset(("KU244", "KU425"), ("2023M10",), value=[500, 9000, 300, 5000])
    await imported(metrics, neighbours, "neighbours")
    goal = await only_goal(metrics)
    assert (goal["area"], goal["latest"]["areas"]) == ("KU564", ["KU564"])
    assert newest([goal["latest"]]) == ("2023-10", 12.1, 1)
    (october,) = [month for month in goal["trajectory"] if month["period"] == "2023-10"]
    assert round(october["actual"], 1) == 12.1
    assert newest(await values(metrics, "unemployment-rate")) == ("2023-10", 11.3, 3)


@pytest.mark.skipif(not REAL, reason="KUMPPANI_REAL_FIGURES names no folder")
async def test_the_figures_of_the_whole_region_leave_the_goal_of_oulu_as_it_was(
    metrics: Harness,
) -> None:
    await Story(metrics).agreement()
    await imported(metrics, FIGURES, "oulu")
    before = await only_goal(metrics)
    region = json.loads((Path(REAL or "") / "statfin_12r5_region17.json").read_text())
    assert (await imported(metrics, region, "region")).status_code == 201
    after = await only_goal(metrics)
    assert newest([before["latest"]]) == newest([after["latest"]]) == ("2023-10", 12.1, 1)
    assert after["trajectory"] == before["trajectory"]
    assert newest(await values(metrics, "unemployment-rate")) == ("2023-10", 10.9, 30)


async def test_a_goal_without_an_area_is_about_all_that_is_counted(metrics: Harness) -> None:
    story = Story(metrics)
    without = a_goal()
    del without["area"]  # as agreements said it before goals named their areas
    await story.agreement(goals=[without])
    await imported(metrics, a_dataset(("KU244", "KU564"), ("2023M10",), value=[5, 100, 15, 100]))
    goal = await only_goal(metrics)
    assert (goal["area"], goal["latest"]["value"]) == (None, 10)
    assert goal["latest"]["areas"] == ["KU244", "KU564"]


@pytest.mark.parametrize(
    ("indicator", "area", "value"),
    [
        ("vacancies-open", "KU564", 3),  # counted by municipality
        ("vacancies-open", "KU139", None),
        ("vacancies-open", None, 3),
        ("loops-closed", "KU564", None),  # not counted by area: nothing is told, rather than all
        ("unemployment-rate", "MK17", None),  # its figures were not imported
    ],
)
async def test_an_indicator_is_told_in_an_area_where_it_is_counted_so(
    metrics: Harness, indicator: str, area: str | None, value: float | None
) -> None:
    story = Story(metrics)
    await story.agreement(goals=[a_goal(indicator=indicator, area=area)])
    await story.vacancy("a", "published", openings=3)
    await story.referral("confirmed", sent=clock.now())
    await imported(metrics, a_dataset())
    latest = (await only_goal(metrics))["latest"]
    assert (latest and latest["value"]) == value


async def test_an_agreement_is_in_force_when_all_have_signed_and_its_term_runs(
    metrics: Harness,
) -> None:
    story, today = Story(metrics), clock.today()
    await story.agreement("half", signed_by=[OULU])
    await story.agreement("over", valid_until=(today - timedelta(days=1)).isoformat())
    await story.agreement("whole")
    items = (await metrics.caller(TE).get("/goals")).json()["items"]
    found = {goal["agreement"]["code"]: goal["agreement"]["in_force"] for goal in items}
    assert found == {"half": False, "over": False, "whole": True}
    one = await metrics.caller(TE).get("/goals", params={"agreement": "over"})
    assert [goal["agreement"]["code"] for goal in one.json()["items"]] == ["over"]
