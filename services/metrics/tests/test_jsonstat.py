"""Reading JSON-stat 2.0: what it says, what it leaves out, and where it is wrong."""

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from metrics.domain import jsonstat
from metrics.domain.errors import BadDocument
from metrics.domain.jsonstat import NOT_APPLICABLE, NOT_AVAILABLE, SECRET, Cell

from .builders import LABOUR_FORCE, UNEMPLOYED, a_dataset

HERE = {"Alue": "KU564", "Kuukausi": "2023M09", "Tiedot": UNEMPLOYED}


def test_a_cell_is_found_by_its_category_in_each_dimension() -> None:
    read = jsonstat.read(a_dataset(areas=("KU564", "KU139")))
    assert read.at(**HERE) == Cell(1.0)
    assert read.at(Alue="KU139", Kuukausi="2023M10", Tiedot=LABOUR_FORCE) == Cell(8.0)


def test_an_index_by_position_says_the_same_as_one_by_order() -> None:
    dataset = a_dataset()
    dataset["dimension"]["Kuukausi"]["category"]["index"] = {"2023M10": 1, "2023M09": 0}
    assert jsonstat.read(dataset) == jsonstat.read(a_dataset())


def test_a_single_category_needs_no_index() -> None:
    dataset = a_dataset()
    dataset["dimension"]["Alue"]["category"] = {"label": {"KU564": "Oulu"}}
    assert dict(jsonstat.read(dataset).dimensions[0].categories) == {"KU564": "Oulu"}


def test_sparse_values_and_statuses_leave_the_other_cells_unknown() -> None:
    read = jsonstat.read(a_dataset(value={"0": 7, "3": 9.5}, status={"1": SECRET}))
    assert read.cells == (Cell(7.0), Cell(None, SECRET), Cell(None), Cell(9.5))


def test_the_three_marks_stay_apart_and_none_is_zero() -> None:
    marks = [NOT_APPLICABLE, NOT_AVAILABLE, SECRET, None]
    read = jsonstat.read(a_dataset(value=[None, None, None, 0], status=marks))
    assert [cell.status for cell in read.cells] == marks
    assert [cell.value for cell in read.cells] == [None, None, None, 0.0]


def test_one_status_may_speak_of_all_cells() -> None:
    assert {cell.status for cell in jsonstat.read(a_dataset(status="p")).cells} == {"p"}


def test_roles_are_kept() -> None:
    read = jsonstat.read(a_dataset())
    assert [d.code for role in jsonstat.ROLES for d in read.of_role(role)] == [
        "Kuukausi", "Alue", "Tiedot",
    ]  # fmt: skip


def in_dimension(name: str, **changes: Any) -> dict[str, Any]:
    """Change one dimension of a dataset."""
    dimensions = a_dataset()["dimension"]
    return {"dimension": dimensions | {name: dimensions[name] | changes}}


def refusal(document: object) -> str | None:
    """Give the place for which a document is refused; none where it can be read."""
    try:
        jsonstat.read(document)
    except BadDocument as refused:
        return refused.place
    return None


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an older version": ({"version": "1.0"}, "/version"),
    "a collection": ({"class": "collection"}, "/class"),
    "no dimension": ({"id": [], "size": []}, "/id"),
    "a dimension twice": ({"id": ["Alue", "Alue", "Tiedot"]}, "/id"),
    "too few sizes": ({"size": [1, 2]}, "/size"),
    "a size that is not the categories'": ({"size": [1, 3, 2]}, "/size/1"),
    "a size that is no number": ({"size": [True, 2, 2]}, "/size/0"),
    "a dimension that is not there": ({"dimension": {}}, "/dimension/Alue"),
    "no categories": (
        in_dimension("Alue", category={"index": []}),
        "/dimension/Alue/category/index",
    ),
    "a category twice": (
        in_dimension("Kuukausi", category={"index": ["2023M09", "2023M09"]}),
        "/dimension/Kuukausi/category/index",
    ),
    "positions with a hole": (
        in_dimension("Tiedot", category={"index": {UNEMPLOYED: 0, LABOUR_FORCE: 2}}),
        "/dimension/Tiedot/category/index",
    ),
    "no index": (in_dimension("Alue", category={}), "/dimension/Alue/category/index"),
    "a role for nothing": ({"role": {"time": ["Vuosi"]}}, "/role/time/0"),
    "two roles": ({"role": {"time": ["Alue"], "geo": ["Alue"]}}, "/role/geo/0"),
    "too few values": ({"value": [1, 2, 3]}, "/value"),
    "values that are neither": ({"value": "1 2 3 4"}, "/value"),
    "no values": ({"value": None}, "/value"),
    "a value that is a text": ({"value": [1, "2", 3, 4]}, "/value/1"),
    "a value that is a truth": ({"value": [1, 2, True, 4]}, "/value/2"),
    "a value beyond all numbers": ({"value": [10**400, 2, 3, 4]}, "/value/0"),
    "a value that is no number": ({"value": [float("nan"), 2, 3, 4]}, "/value/0"),
    "a position beyond the cube": ({"value": {"4": 1}}, "/value/4"),
    "a position that is no number": ({"value": {"-1": 1}}, "/value/-1"),
    "a position written twice": ({"value": {"01": 1}}, "/value/01"),
    "a figure where a secret is": ({"status": {"2": SECRET}}, "/value/2"),
    "a status that is no text": ({"status": [1, None, None, None]}, "/status/0"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_named_by_its_place(kind: str) -> None:
    changes, place = WRONG[kind]
    assert refusal(a_dataset(**changes)) == place


@pytest.mark.parametrize("document", [None, [], "dataset", 1, {}])
def test_what_is_no_dataset_at_all_is_refused(document: object) -> None:
    assert refusal(document) is not None


def test_a_cube_too_large_to_hold_is_refused_before_it_is_built() -> None:
    codes = {"index": [f"c{n}" for n in range(1000)]}
    dataset = a_dataset(
        id=["a", "b"],
        size=[1000, 1000],
        role={},
        dimension={"a": {"category": codes}, "b": {"category": codes}},
        value={"0": 1},
    )
    assert refusal(dataset) == "/size"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(a_dataset())), json_values)
def test_whatever_stands_in_a_member_it_is_read_or_refused_with_a_place(
    member: str, value: object
) -> None:
    place = refusal(a_dataset(**{member: value}))
    assert place is None or place.startswith("/")


def test_the_figures_of_oulu_are_read_from_the_package() -> None:
    file = files("metrics").joinpath("figures/tyonv_12r5_oulu.json")
    read = jsonstat.read(json.loads(file.read_text()))
    assert len(read.cells) == 2 * 58
    assert read.at(Alue="KU564", Kuukausi="2020M04", Tiedot=UNEMPLOYED) == Cell(18375.0)
    assert read.at(Alue="KU564", Kuukausi="2023M10", Tiedot=LABOUR_FORCE) == Cell(102841.0)


REAL = os.environ.get("KUMPPANI_REAL_FIGURES")


@pytest.mark.skipif(not REAL, reason="KUMPPANI_REAL_FIGURES names no folder")
def test_real_answers_of_the_statistical_office_are_read() -> None:
    for file in sorted(Path(REAL or "").glob("*.json")):
        document = json.loads(file.read_text())
        read = jsonstat.read(document)
        secret = sum(cell.status == SECRET for cell in read.cells)
        assert secret == list(dict(document.get("status", {})).values()).count(SECRET)
        assert all(cell.value is None for cell in read.cells if cell.status == SECRET)
