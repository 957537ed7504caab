"""Official statistics: imported, revised, and the rate that comes of them."""

import json
from importlib.resources import files
from typing import Any
from uuid import uuid4

import pytest
from kit.testing import Harness
from metrics.domain.jsonstat import NOT_AVAILABLE, SECRET

from .builders import COUNCIL, TE, a_dataset, imported, latest, values


async def test_figures_become_a_series_and_a_fact(metrics: Harness) -> None:
    answer = await imported(metrics, a_dataset())
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert answer.json()["vintage"] | {"imported_at": ""} == {
        "number": 1, "label": "Unemployed jobseekers", "source": "Statistics Finland",
        "updated": None, "first_period": "2023-09", "last_period": "2023-10", "observations": 4,
        "imported_at": "", "imported_by": COUNCIL,
    }  # fmt: skip
    said = await metrics.said("metrics.figures.imported.v1")
    assert [(fact["subject"], fact["sequence"]) for fact in said] == [("series/tyonv-12r5", "1")]
    assert said[0]["data"] == {
        "series": "tyonv-12r5", "source": "Statistics Finland", "first_period": "2023-09",
        "last_period": "2023-10", "observations": 4,
    }  # fmt: skip


async def test_the_same_figures_again_change_nothing(metrics: Harness) -> None:
    await imported(metrics, a_dataset())
    again = await imported(metrics, a_dataset(label="Another label", updated="2026-01-01"))
    assert (again.status_code, again.json()["vintage"]["number"]) == (200, 1)
    assert len(await metrics.said()) == 1


async def test_a_revision_is_a_new_vintage_beside_the_old_one(metrics: Harness) -> None:
    await imported(metrics, a_dataset(value=[10, 100, 11, 100]))
    await imported(metrics, a_dataset(value=[10, 100, 12, 100]))
    assert [v["value"] for v in await values(metrics, "unemployment-rate")] == [10, 12]
    caller = metrics.caller(TE)
    newest = (await caller.get("/statistics/tyonv-12r5")).json()
    assert [v["number"] for v in newest["vintages"]] == [2, 1]
    first = await caller.get("/statistics/tyonv-12r5", params={"vintage": 1})
    assert [cell["value"] for cell in first.json()["items"]] == [10, 100, 11, 100]
    assert (await caller.get("/statistics/tyonv-12r5", params={"vintage": 3})).status_code == 404


async def test_a_file_is_as_good_as_a_body_and_names_its_series(metrics: Harness) -> None:
    file = ("tyonv.json", json.dumps(a_dataset()).encode(), "application/json")
    answer = await metrics.caller(COUNCIL).post("/statistics", files={"file": file})
    assert (answer.status_code, answer.json()["series"]) == (201, "tyonv")


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"files": {"file": ("a.json", b"{", "application/json")}}, "/body/file"),
        ({"files": {"figures": ("a.json", b"{}", "application/json")}}, "/body/file"),
        ({"files": {"file": ("a.json", b'{"label": "\\u0000"}', "text/plain")}}, "/body/file"),
        ({"content": b"version=2.0", "headers": {"Content-Type": "application/json"}}, "/body"),
        ({"json": a_dataset(version="1.0")}, "/body/version"),
        ({"json": a_dataset(value=[1, 2, 3, "CANARY"])}, "/body/value/3"),
        ({"json": a_dataset(role={})}, "/body/role/time"),
        (
            {"json": a_dataset(months=("CANARY", "2023M10"))},
            "/body/dimension/Kuukausi/category/index",
        ),
    ],
)
async def test_what_cannot_be_read_is_refused_with_its_place_and_nothing_is_kept(
    metrics: Harness, sent: dict[str, Any], pointer: str
) -> None:
    caller = metrics.caller(COUNCIL)
    answer = await caller.post("/statistics", **sent)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert "CANARY" not in answer.text
    assert (await caller.get("/statistics")).json()["items"] == []


async def test_a_secret_cell_stays_secret_and_is_never_a_zero(metrics: Harness) -> None:
    await imported(metrics, a_dataset(value=[None, 100, 12, 100], status={"0": SECRET}))
    cells = (await metrics.caller(TE).get("/statistics/tyonv-12r5")).json()["items"]
    assert (cells[0]["value"], cells[0]["status"]) == (None, SECRET)
    hidden, shown = await values(metrics, "unemployment-rate")
    assert (hidden["value"], hidden["status"], shown["value"]) == (None, SECRET, 12)


async def test_a_rate_over_areas_is_computed_from_persons_never_averaged(metrics: Harness) -> None:
    small, large = [50, 100, 50, 100], [100, 900, None, 900]
    dataset = a_dataset(areas=("KU139", "KU564"), value=small + large, status={"6": NOT_AVAILABLE})
    await imported(metrics, dataset)
    both, one_unknown = await values(metrics, "unemployment-rate")
    assert both["value"] == 15  # the average of the two rates would be 30.6
    assert both["parts"] == {"unemployed": 150, "labour_force": 1000, "areas": 2}
    assert both["areas"] == one_unknown["areas"] == ["KU139", "KU564"]
    assert (one_unknown["value"], one_unknown["status"]) == (None, NOT_AVAILABLE)
    by = await values(metrics, "unemployment-rate", by="area", to="2023-09")
    assert {v["category"]: round(v["value"], 1) for v in by} == {"KU139": 50.0, "KU564": 11.1}
    assert [v["areas"] for v in by] == [["KU139"], ["KU564"]]


async def test_nobody_is_counted_twice_where_areas_lie_in_one_another(metrics: Harness) -> None:
    areas = ("SSS", "MK17", "KU564")
    await imported(metrics, a_dataset(areas=areas, months=("2023M10",), value=[1, 2, 1, 4, 1, 8]))
    newest = await latest(metrics.caller(TE), "unemployment-rate") or {}
    assert (newest["value"], newest["areas"]) == (12.5, ["KU564"])


async def test_an_area_has_one_rate_a_month_that_of_the_series_imported_last(
    metrics: Harness,
) -> None:
    month = ("2023M10",)
    await imported(metrics, a_dataset(months=month, value=[10, 100]), "oulu")
    both = a_dataset(areas=("KU139", "KU564"), months=month, value=[1, 100, 20, 100])
    await imported(metrics, both, "region")
    by = await values(metrics, "unemployment-rate", by="area")
    assert {v["category"]: v["value"] for v in by} == {"KU139": 1, "KU564": 20}


async def test_survey_figures_and_shares_never_mix_with_the_registers(metrics: Harness) -> None:
    await imported(metrics, a_dataset(metrics=("TYOTTOMATLOPUSSA", "TYOTOSUUS")))
    await imported(metrics, a_dataset(metrics=("Tyottomat", "Tyovoima")), "tyti")
    assert await values(metrics, "unemployment-rate") == []


async def test_the_figures_of_oulu_give_the_rate_that_was_published(metrics: Harness) -> None:
    file = files("metrics").joinpath("figures/tyonv_12r5_oulu.json")
    answer = await imported(metrics, json.loads(file.read_text()))
    assert answer.json()["vintage"]["observations"] == 116
    rates = {v["period"]: round(v["value"], 1) for v in await values(metrics, "unemployment-rate")}
    assert (rates["2019-01"], rates["2020-04"], rates["2023-10"]) == (11.7, 18.6, 12.1)


async def test_cells_come_page_by_page_and_by_area(metrics: Harness) -> None:
    await imported(metrics, a_dataset(areas=("KU139", "KU564")))
    caller = metrics.caller(TE)
    seen: list[float] = []
    query: dict[str, Any] = {"limit": 3}
    while True:
        page = (await caller.get("/statistics/tyonv-12r5", params=query)).json()
        seen += [cell["value"] for cell in page["items"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert seen == [1, 2, 3, 4, 5, 6, 7, 8]
    oulu = await caller.get("/statistics/tyonv-12r5", params={"area": "KU564"})
    assert [cell["value"] for cell in oulu.json()["items"]] == [5, 6, 7, 8]
    wrong = await caller.get("/statistics/tyonv-12r5", params={"area": "ku56"})
    assert (wrong.status_code, wrong.json()["suggestions"]) == (422, ["KU564"])


async def test_the_same_key_imports_once(metrics: Harness) -> None:
    key = {"Idempotency-Key": uuid4().hex}
    caller = metrics.caller(COUNCIL)
    first = await caller.post("/statistics", json=a_dataset(), headers=key)
    again = await caller.post("/statistics", json=a_dataset(), headers=key)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert first.json()["series"] == "unemployed-jobseekers"


async def test_reading_is_not_importing(metrics: Harness) -> None:
    reader = metrics.caller(TE, "metrics:read")
    refused = await reader.post("/statistics", json={})
    assert (refused.status_code, refused.json()["scope"]) == (403, "metrics:write")
