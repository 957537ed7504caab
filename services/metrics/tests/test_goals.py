"""Goals, their paths, and where the indicator stands."""

from datetime import timedelta

from kit import clock
from kit.testing import Harness

from .builders import OULU, TE, Story, a_dataset, a_goal, imported


async def test_a_goal_has_a_straight_path_and_the_distance_to_it(metrics: Harness) -> None:
    await Story(metrics).agreement()
    await imported(metrics, a_dataset(months=("2022M12",), value=[11, 100]))
    (goal,) = (await metrics.caller(TE).get("/goals")).json()["items"]
    assert (goal["agreement"]["code"], goal["agreement"]["in_force"]) == ("oulu-2026", True)
    assert (goal["latest"]["value"], goal["expected"], goal["gap"]) == (11, 10.5, 0.5)
    assert len(goal["trajectory"]) == 73
    assert goal["trajectory"][0] == {"period": "2019-12", "expected": 12, "actual": None}
    assert goal["trajectory"][36] == {"period": "2022-12", "expected": 10.5, "actual": 11}


async def test_without_figures_a_goal_has_its_path_alone(metrics: Harness) -> None:
    await Story(metrics).agreement()
    (goal,) = (await metrics.caller(TE).get("/goals")).json()["items"]
    assert (goal["latest"], goal["expected"], goal["gap"]) == (None, None, None)
    assert goal["trajectory"][-1] == {"period": "2025-12", "expected": 9, "actual": None}


async def test_a_goal_that_no_indicator_measures_is_still_shown(metrics: Harness) -> None:
    await Story(metrics).agreement(goals=[a_goal(indicator="happiness")])
    (goal,) = (await metrics.caller(TE).get("/goals")).json()["items"]
    assert (goal["indicator"], goal["latest"]) == ("happiness", None)


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
