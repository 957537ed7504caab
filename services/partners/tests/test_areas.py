"""Official areas: what is there from the start, and imports, over HTTP on a real database."""

import csv
from typing import Any

import pytest
from httpx import AsyncClient, Response
from kit.testing import Harness
from sharing.areas import ROWS
from sharing.codes import AREAS, MUNICIPALITIES

KAINUU = [
    {"kind": "region", "code": "18", "name": {"fi": "Kainuu", "sv": "Kajanaland"}},
    {"kind": "municipality", "code": "205", "name": {"fi": "Kajaani"}},
    {"kind": "region", "code": "18", "municipality": "205"},
    {"kind": "region", "code": "18", "municipality": "785", "valid_until": "2015-12-31"},
]
OULU = ["072", "139", "244", "425", "436", "494", "564", "615", "785", "859", "889"]


@pytest.fixture
def coordinator(service: Harness) -> AsyncClient:
    return service.caller("oulu", "partners:coordinate", "partners:read")


async def send(who: AsyncClient, *records: Any) -> Response:
    return await who.post("/areas/imports", json={"records": records})


async def members(who: AsyncClient, kind: str, code: str, **on: str) -> list[str]:
    shown = (await who.get(f"/areas/{kind}/{code}", params=on)).raise_for_status().json()
    return [member["municipality"] for member in shown["members"]]


async def areas_of(who: AsyncClient, municipality: str, on: str) -> set[tuple[str, str]]:
    asked = {"municipality": municipality, "on": on}
    listed = (await who.get("/areas", params=asked)).raise_for_status().json()["items"]
    return {(area["kind"], area["code"]) for area in listed}


async def test_the_region_its_municipalities_and_the_sub_region_are_there_from_the_start(
    coordinator: AsyncClient,
) -> None:
    page = (await coordinator.get("/areas", params={"kind": "municipality"})).json()
    assert {a["code"]: a["name"]["fi"] for a in page["items"]} == dict(MUNICIPALITIES)
    assert await members(coordinator, "region", "17") == sorted(MUNICIPALITIES)
    sub_region = ["072", "244", "425", "436", "494", "564", "859"]
    assert await members(coordinator, "sub_region", "171") == sub_region
    assert await members(coordinator, "employment_area", "oulu") == OULU


async def test_a_municipality_belongs_to_other_areas_on_other_days(
    coordinator: AsyncClient,
) -> None:
    own = {("municipality", "564"), ("region", "17"), ("sub_region", "171")}
    ely, area = ("ely_area", "13"), ("employment_area", "oulu")
    assert await areas_of(coordinator, "564", "2009-12-31") == own
    assert await areas_of(coordinator, "564", "2024-12-31") == {*own, ely}
    assert await areas_of(coordinator, "564", "2025-01-01") == {*own, ely, area}
    assert await areas_of(coordinator, "564", "2026-01-01") == {*own, area}


async def test_kuusamo_and_taivalkoski_are_in_the_region_and_in_another_employment_area(
    coordinator: AsyncClient,
) -> None:
    for place in ("305", "832"):
        found = await areas_of(coordinator, place, "2025-06-01")
        assert ("region", "17") in found
        assert ("employment_area", "koillismaa") in found
        assert ("employment_area", "oulu") not in found


async def test_an_import_is_taken_told_and_the_same_again_changes_nothing(
    service: Harness, coordinator: AsyncClient
) -> None:
    taken = await send(coordinator, *KAINUU)
    assert taken.status_code == 200, taken.text
    assert [r["outcome"] for r in taken.json()["records"]] == ["added"] * 4
    assert await members(coordinator, "region", "18", on="2015-12-31") == ["205", "785"]
    assert await members(coordinator, "region", "18", on="2016-01-01") == ["205"]
    facts = await service.said("partners.area.imported.v1")
    assert [f["subject"] for f in facts] == ["areas/municipality:205", "areas/region:18"]
    assert [m["municipality"] for m in facts[1]["data"]["members"]] == ["205", "785"]
    again = (await send(coordinator, *KAINUU)).json()
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 4)
    assert len(await service.said()) == 2


async def test_who_is_in_an_imported_municipality_may_be_registered(
    coordinator: AsyncClient,
) -> None:
    body = {"code": "kajaani", "kind": "city", "name": {"fi": "Kajaani"}, "municipality": "205"}
    assert (await coordinator.post("/organisations", json=body)).status_code == 422
    await send(coordinator, *KAINUU)
    assert (await coordinator.post("/organisations", json=body)).status_code == 201


async def test_who_lives_in_an_imported_municipality_may_be_offered_a_service(
    service: Harness, coordinator: AsyncClient
) -> None:
    oulu = {"code": "oulu", "kind": "city", "name": {"fi": "Oulu"}}
    await coordinator.post("/organisations", json=oulu)
    body = {
        "code": "ohjaus", "name": {"fi": "Ohjaus"}, "description": {"fi": "Ohjausta"},
        "needs": ["housing"], "intensity": "advice", "capacity": 1,
        "audience": {"municipalities": ["205"]},
    }  # fmt: skip
    assert (await service.caller("oulu").post("/offerings", json=body)).status_code == 422
    await send(coordinator, *KAINUU)
    assert (await service.caller("oulu").post("/offerings", json=body)).status_code == 201
    found = await service.caller("oulu").get("/offerings", params={"municipality": "205"})
    assert [offering["code"] for offering in found.json()["items"]] == ["ohjaus"]


async def test_csv_takes_what_json_takes(service: Harness, coordinator: AsyncClient) -> None:
    text = (
        "\ufeffkind;code;municipality;name_fi;name_sv;valid_until\r\n"
        "region;18;;Kainuu;Kajanaland;\r\nmunicipality;205;;Kajaani;;\r\n"
        "region;18;205;;;\r\nregion;18;785;;;2015-12-31\r\n"
    )
    taken = await coordinator.post(
        "/areas/imports", content=text.encode(), headers={"Content-Type": "text/csv; charset=utf-8"}
    )
    assert taken.json()["added"] == 4, taken.text
    assert (await send(coordinator, *KAINUU)).json()["unchanged"] == 4


async def test_what_is_there_from_the_start_is_an_import_that_changes_nothing(
    coordinator: AsyncClient,
) -> None:
    lines = [",".join(ROWS[0]._fields), *(",".join(row) for row in ROWS)]
    taken = await coordinator.post(
        "/areas/imports", content="\n".join(lines).encode(), headers={"Content-Type": "text/csv"}
    )
    assert taken.json()["unchanged"] == len(ROWS), taken.text
    assert list(csv.DictReader(lines))


async def test_a_municipality_moves_by_an_end_and_a_beginning_in_one_import(
    coordinator: AsyncClient,
) -> None:
    came, moves = "2025-01-01", "2027-01-01"
    area = {"kind": "employment_area", "municipality": "785"}
    end = area | {"code": "oulu", "valid_from": came, "valid_until": "2026-12-31"}
    begin = area | {"code": "koillismaa", "valid_from": moves}
    taken = await send(coordinator, begin, end)
    assert [r["outcome"] for r in taken.json()["records"]] == ["added", "changed"]
    assert "785" in await members(coordinator, "employment_area", "oulu", on="2026-12-31")
    assert "785" not in await members(coordinator, "employment_area", "oulu", on=moves)
    assert "785" in await members(coordinator, "employment_area", "koillismaa", on=moves)


WRONG: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "an unknown kind": ({"kind": "planet", "code": "1"}, "enum", "kind"),
    "no code": ({"kind": "region"}, "missing", "code"),
    "a new area without a name": ({"kind": "region", "code": "99"}, "name-missing", "name"),
    "an unknown area": (
        {"kind": "region", "code": "71", "municipality": "564"}, "unknown-code", "code",
    ),
    "an unknown municipality": (
        {"kind": "region", "code": "17", "municipality": "565"}, "unknown-code", "municipality",
    ),
    "two areas on one day": (
        {"kind": "region", "code": "18", "municipality": "564", "valid_from": "2030-01-01"},
        "belongs-elsewhere", "municipality",
    ),
    "an end before its beginning": (
        {"kind": "region", "code": "18", "name": {"fi": "K"}, "valid_from": "2030-01-01",
         "valid_until": "2029-12-31"}, "value_error", None,
    ),
    "the same twice": (KAINUU[0], "named-twice", None),
    "a number for a code": ({"kind": "region", "code": 18}, "string_type", "code"),
    "a time for a day": (
        {"kind": "region", "code": "18", "valid_from": "2030-01-01T00:00"}, "value_error",
        "valid_from",
    ),
    "no record": ([], "model_type", None),  # type: ignore[dict-item]
    "a member of a municipality": (
        {"kind": "municipality", "code": "564", "municipality": "244"}, "value_error", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
async def test_one_wrong_record_is_named_and_none_is_taken(
    service: Harness, coordinator: AsyncClient, kind: str
) -> None:
    record, code, place = WRONG[kind]
    refused = await send(coordinator, *KAINUU, record)
    assert refused.status_code == 422, refused.text
    assert refused.json()["type"].endswith("/problems/import-refused")
    (why,) = refused.json()["records"]
    assert (why["record"], why["code"], why["field"]) == (5, code, place)
    assert (await coordinator.get("/areas/region/18")).status_code == 404
    assert await service.said() == []


async def test_an_unknown_municipality_is_refused_with_the_nearest(
    coordinator: AsyncClient,
) -> None:
    record = {"kind": "region", "code": "17", "municipality": "565"}
    (why,) = (await send(coordinator, record)).json()["records"]
    assert "564" in why["suggestions"]


@pytest.mark.parametrize(
    "content",
    [b"", b"kind,code,shoe\n", b"kind,code\n\xff,1\n", b'kind,code\n"a', b"kind,code\n", b"\0"],
)
async def test_what_is_no_such_csv_is_refused(coordinator: AsyncClient, content: bytes) -> None:
    refused = await coordinator.post(
        "/areas/imports", content=content, headers={"Content-Type": "text/csv"}
    )
    assert refused.status_code == 422, refused.text
    assert refused.json()["type"].endswith(("/invalid-request", "/import-refused"))


async def test_a_line_with_more_fields_than_columns_is_named(coordinator: AsyncClient) -> None:
    refused = await coordinator.post(
        "/areas/imports",
        content=b"kind,code,name_fi\nregion,18,Kainuu,more\n",
        headers={"Content-Type": "text/csv"},
    )
    assert [r["record"] for r in refused.json()["records"]] == [1]


async def test_nobody_but_the_coordinator_imports(service: Harness) -> None:
    refused = await send(service.caller("oulu"), *KAINUU)
    assert (refused.status_code, refused.json()["scope"]) == (403, "partners:coordinate")


def test_the_areas_of_figures_are_those_of_the_register() -> None:
    letters = {"municipality": "KU", "sub_region": "SK", "region": "MK"}
    there = {
        letters[row.kind] + row.code for row in ROWS if row.kind in letters and not row.municipality
    }
    assert set(AREAS) == {*there, "SSS"}


async def test_a_goal_and_a_pilot_may_be_of_an_imported_area(partners: Harness) -> None:
    coordinator = partners.caller("oulu", "partners:coordinate", "partners:read")
    figure = {"value": 12.0, "period": "2019-12", "source": "12r5"}
    goal = {
        "code": "rate", "indicator": "unemployment-rate", "area": "KU205",
        "name": {"fi": "Laskee"}, "baseline": figure, "target": figure,
    }  # fmt: skip
    pilot = {
        "code": "ict", "name": {"fi": "ICT"}, "theme": "work", "owner": "oulu",
        "cohort": {"rule": {"fi": "Kaikki"}, "municipalities": ["205"]},
    }  # fmt: skip
    body = {
        "code": "sopimus", "name": {"fi": "Sopimus"}, "parties": ["oulu", "kela-pohjoinen"],
        "themes": [{"code": "work", "name": {"fi": "Työ"}, "lead": "oulu"}],
        "goals": [goal], "pilots": [pilot], "valid_from": "2026-01-01", "valid_until": "2027-01-01",
    }  # fmt: skip
    refused = await coordinator.post("/agreements", json=body)
    assert (refused.status_code, refused.json()["pointer"]) == (422, "/body/goals/0/area")
    await send(coordinator, *KAINUU[:3], {**KAINUU[1], "code": "785", "name": {"fi": "Vaala"}})
    made = await coordinator.post("/agreements", json=body)
    assert made.status_code == 201, made.text
