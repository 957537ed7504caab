"""How a goal's path goes, and how what was measured stands to it."""

import json
import re
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest
from kit import clock
from kit.testing import Harness
from metrics.dashboard.charts import WIDE, TimeChart, svg_of
from metrics.domain.months import Month
from metrics.domain.trajectory import Milestone, Standing, Trajectory

from .builders import TE, Story, a_dataset, a_goal, imported

FIGURES = json.loads(files("metrics").joinpath("figures/tyonv_12r5_oulu.json").read_text())
STEPS = [
    {"value": 11.0, "period": "2021", "source": "The agreement"},
    {"value": 10.0, "period": "2023-06", "source": "The agreement"},
]


def a_goal_by_steps(**changes: Any) -> dict[str, Any]:
    """Write a goal of Oulu by steps: 12 %, 11 % from 2021, 10 % from 2023-06, 9 % in 2025-12."""
    return a_goal(path="steps", steps=STEPS, tolerance=0.5) | changes


async def only_goal(metrics: Harness, **query: str) -> dict[str, Any]:
    """Read the goal of the one agreement."""
    (goal,) = (await metrics.caller(TE).get("/goals", params=query)).json()["items"]
    return dict(goal)


async def test_a_path_by_steps_stays_until_the_next_step(metrics: Harness) -> None:
    await Story(metrics).agreement(goals=[a_goal_by_steps()])
    goal = await only_goal(metrics)
    path = {month["period"]: month["expected"] for month in goal["trajectory"]}
    assert [path[at] for at in ("2019-12", "2020-12", "2021-01", "2023-05")] == [12, 12, 11, 11]
    assert [path[at] for at in ("2023-06", "2025-11", "2025-12")] == [10, 10, 9]
    assert [step["value"] for step in goal["steps"]] == [11, 10]
    assert (goal["tolerance"], len(path)) == (0.5, 73)


@pytest.mark.parametrize(
    ("unemployed", "standing"),
    [(90, "on_track"), (100, "on_track"), (105, "within_tolerance"), (106, "off")],
)
async def test_a_value_stands_to_its_path_by_the_tolerance(
    metrics: Harness, unemployed: int, standing: str
) -> None:
    await Story(metrics).agreement(goals=[a_goal_by_steps()])
    await imported(metrics, a_dataset(months=("2023M06",), value=[unemployed, 1000]))
    goal = await only_goal(metrics)
    (june,) = [month for month in goal["trajectory"] if month["period"] == "2023-06"]
    assert (goal["expected"], goal["standing"], june["standing"]) == (10, standing, standing)
    assert (june["low"], june["high"]) == (9.5, 10.5)


@pytest.mark.parametrize(
    ("start", "end", "value", "standing"),
    [
        (10, 20, 14.0, Standing.OFF),  # more is wanted
        (10, 20, 14.5, Standing.WITHIN_TOLERANCE),
        (10, 20, 19.0, Standing.ON_TRACK),
        (20, 10, 15.5, Standing.WITHIN_TOLERANCE),  # less is wanted
        (15, 15, 15.0, Standing.ON_TRACK),  # neither is
        (15, 15, 14.5, Standing.WITHIN_TOLERANCE),
        (15, 15, 15.6, Standing.OFF),
    ],
)
def test_better_than_the_path_is_on_track(
    start: float, end: float, value: float, standing: Standing
) -> None:
    way = Trajectory(Milestone(start, "2020-01"), Milestone(end, "2020-11"), tolerance=0.5)
    assert way.standing(Month(2020, 6), value) == standing
    assert way.standing(Month(2021, 1), value) is None


async def test_an_amended_goal_holds_from_the_amendments_day(metrics: Harness) -> None:
    today = clock.today()
    old, new = (today - timedelta(days=60)).isoformat(), today.isoformat()
    goals = {1: [a_goal()], 2: [a_goal_by_steps()]}
    versions = [
        {"number": n, "effective_on": day, "concluded_on": old, "goals": goals[n]}
        for n, day in ((1, old), (2, new))
    ]
    draft = {"number": 3, "effective_on": new, "concluded_on": None, "goals": []}
    await Story(metrics).agreement(versions=[*versions, draft], goals=goals[2], version=2)
    now, before = await only_goal(metrics), await only_goal(metrics, on=old)
    assert (now["agreement"]["version"], len(now["steps"])) == (2, 2)
    assert (before["agreement"]["version"], before["steps"]) == (1, [])
    assert "Sopimuksen versio 2" in (await metrics.anyone().get("/")).text


@pytest.mark.parametrize(
    ("language", "said", "standing", "row"),
    [
        (
            "fi",
            "Tavoitepolku kulkee portain: 12,0\u00a0% (joulukuu 2019), 11,0\u00a0% (tammikuu 2021)",
            "Ei tavoitepolulla",
            ("lokakuu 2023", "12,1\u00a0%", "10,0\u00a0%", "9,5\u00a0% – 10,5\u00a0%"),
        ),
        (
            "sv",
            "Tillåten avvikelse är 0,5 procentenheter.",
            "Inte på målbanan",
            ("oktober 2023", "12,1\u00a0%", "10,0\u00a0%", "9,5\u00a0% – 10,5\u00a0%"),
        ),
        (
            "en",
            "The tolerance is 0.5 percentage points.",
            "Off track",
            ("October 2023", "12.1%", "10.0%", "9.5% – 10.5%"),
        ),
    ],
)
async def test_the_dashboard_tells_of_steps_tolerance_and_standing(
    metrics: Harness, language: str, said: str, standing: str, row: tuple[str, ...]
) -> None:
    await Story(metrics).agreement(goals=[a_goal_by_steps()])
    await imported(metrics, FIGURES)
    front = (await metrics.anyone().get("/", params={"lang": language})).text
    assert front.count(said) == 2  # for a desk and for a phone
    assert f'<p class="standing off">{standing}</p>' in front
    cells = r"\s*".join(f"<td>{re.escape(cell)}</td>" for cell in (*row[1:], standing))
    assert re.search(rf'<th scope="row">{row[0]}</th>\s*{cells}', front)


def test_a_chart_draws_steps_as_steps_and_the_tolerance_as_a_band() -> None:
    path = tuple((24000 + month, 12.0 if month < 6 else 10.0) for month in range(12))
    chart = TimeChart(((24000, 12.0),), "percent", "fi", path=path, steps=True, tolerance=0.5)
    straight = TimeChart(((24000, 12.0),), "percent", "fi", path=path)
    drawn = chart.draw(WIDE).to_dict()
    marks = [layer["mark"] for layer in drawn["layer"]]
    (area,) = [mark for mark in marks if mark["type"] == "area"]
    (broken,) = [mark for mark in marks if "strokeDash" in mark]
    assert area["interpolate"] == broken["interpolate"] == "step-after"
    (named,) = [la["data"]["name"] for la in drawn["layer"] if la["mark"]["type"] == "area"]
    band = drawn["datasets"][named]
    assert (band[0]["low"], band[0]["value"], band[-1]["low"]) == (11.5, 12.5, 9.5)
    assert svg_of(chart, WIDE) != svg_of(straight, WIDE)


async def test_an_imported_area_is_called_by_its_name(metrics: Harness) -> None:
    name = {"fi": "Kuopio", "sv": "Kuopio", "en": "Kuopio"}
    imported_areas = {"municipality": ("297", name), "region": ("11", {"fi": "Pohjois-Savo"})}
    for kind, (code, called) in imported_areas.items():
        await metrics.hear(
            "partners.area.imported.v1", f"areas/{kind}:{code}", kind=kind, code=code, name=called,
            valid_from=None, valid_until=None, members=[],
        )  # fmt: skip
    await imported(metrics, a_dataset(("KU297", "MK11"), ("2023M10",)))
    areas = (await metrics.anyone().get("/dashboard/unemployment-rate")).text
    assert '<th scope="row">Kuopio</th>' in areas
    assert '<th scope="row">Pohjois-Savo</th>' in areas
