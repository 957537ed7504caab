"""Eligibility over HTTP: a table is reported on, published, shown and asked."""

from typing import Any

import pytest
from httpx import Response
from kit.testing import Harness

from .catalogue import PATH, offer, put, step
from .tables import YOUNG, a_row, a_table

ANYONE: dict[str, Any] = {"audience": {}}
GAPPY = a_table(
    a_row("young", True, age="< 30"), a_row("student", False, situations__student="true")
)


async def publish(
    service: Harness, table: Any, revision: int = 1, by: str = "oulu", **more: Any
) -> Response:
    return await service.caller(by).post(
        f"{PATH}/eligibility/versions",
        json={"table": table, **more},
        headers={"If-Match": f'"{revision}"'},
    )


async def ask(service: Harness, **given: Any) -> Response:
    body = {"given": {name.replace("__", "."): value for name, value in given.items()}}
    return await service.caller("te-pohjois-pohjanmaa").post(
        f"{PATH}/eligibility/checks", json=body
    )


async def test_overlaps_and_gaps_are_told_before_a_table_counts(partners: Harness) -> None:
    await offer(partners, **ANYONE)
    refused = await publish(partners, GAPPY)
    assert refused.status_code == 409, refused.text
    report = refused.json()["report"]
    (overlap,) = report["overlaps"]
    assert (overlap["first"], overlap["second"], overlap["conflicting"]) == (
        "young",
        "student",
        True,
    )
    ((age, student),) = report["gaps"]
    assert (age["numbers"], student["truth"]) == ([{"low": 30, "high": 120}], False)
    reader = partners.caller("kela-pohjoinen")
    asked = await reader.post(f"{PATH}/eligibility/reports", json={"table": GAPPY})
    assert asked.json() == report
    assert (await reader.get(f"{PATH}/eligibility")).status_code == 404
    taken = await publish(partners, GAPPY, accept_findings=True)
    assert (taken.status_code, taken.json()["eligibility_version"]) == (201, 1)


async def test_versions_stay_and_the_last_one_counts(partners: Harness) -> None:
    await offer(partners, **ANYONE)
    assert (await publish(partners, YOUNG, accept_findings=True)).headers["etag"] == '"2"'
    everyone = a_table(a_row("all", True, age=""), fields=("age",))
    assert (await publish(partners, everyone, 2)).status_code == 201
    reader = partners.caller("kela-pohjoinen")
    shown = (await reader.get(f"{PATH}/eligibility")).json()
    assert (shown["version"], shown["report"]["overlaps"]) == (2, [])
    first = (await reader.get(f"{PATH}/eligibility/versions/1")).json()
    rules = first["table"]["nodes"][1]["content"]["rules"]
    assert [rule["_id"] for rule in rules] == ["employed", "young", "others"]
    assert (await reader.get(f"{PATH}/eligibility/versions/3")).status_code == 404
    facts = await partners.said("partners.offering.eligibility_published.v1")
    assert [f["data"]["eligibility_version"] for f in facts] == [1, 2]


async def test_a_check_goes_by_the_audience_and_the_table_that_count_now(
    partners: Harness,
) -> None:
    await offer(partners, audience={"age_from": 15})
    assert (await ask(partners, age=40)).json()["outcome"] == "eligible"
    await publish(partners, YOUNG, accept_findings=True)
    answer = (await ask(partners, age=40, situations__employed=False)).json()
    assert (answer["outcome"], answer["version"]) == ("not_eligible", 1)
    assert [c["asks"]["text"]["fi"] for c in answer["ways"][0]] == [
        "Ikä: 15–29",
        "Kotikunta: Kempele, Oulu",
    ]
    unknown = (await ask(partners, age=20)).json()
    assert unknown["outcome"] == "unknown"
    assert {c["asks"]["field"] for c in unknown["conditions"] if c["state"] == "unknown"} == {
        "municipality",
        "situations.employed",
    }
    child = (await ask(partners, age=14)).json()
    assert child["rules"][0]["rule"] == "audience/age"


@pytest.mark.parametrize(
    ("given", "problem", "pointer"),
    [
        ({"agee": 3}, "unknown-code", "/body/given/agee"),
        ({"age": True}, "not-a-value", "/body/given/age"),
        ({"age": 130}, "not-a-value", "/body/given/age"),
        ({"municipality": "565"}, "not-a-value", "/body/given/municipality"),
        ({"situations.student": 1}, "not-a-value", "/body/given/situations.student"),
    ],
)
async def test_what_is_no_value_of_a_field_is_refused(
    partners: Harness, given: dict[str, Any], problem: str, pointer: str
) -> None:
    await offer(partners)
    refused = await ask(partners, **given)
    assert refused.status_code == 422
    assert refused.json()["type"].endswith(f"/problems/{problem}")
    assert refused.json()["pointer"] == pointer


async def test_only_the_provider_publishes_and_not_for_what_ended(partners: Harness) -> None:
    await offer(partners, **ANYONE)
    assert (await publish(partners, YOUNG, by="kela-pohjoinen")).status_code == 403
    assert (await publish(partners, YOUNG, 7)).status_code == 412
    await step(partners, "end", 1)
    assert (await publish(partners, YOUNG, 2, accept_findings=True)).status_code == 409


async def test_anothers_draft_is_not_asked(partners: Harness) -> None:
    await offer(partners, status="draft")
    assert (await ask(partners, age=20)).status_code == 404
    drafted = await publish(partners, YOUNG, accept_findings=True)
    assert drafted.status_code == 201
    assert await partners.said("partners.offering.eligibility_published.v1") == []


async def test_a_table_of_another_form_is_refused_by_pointer(partners: Harness) -> None:
    await offer(partners)
    refused = await publish(partners, YOUNG | {"edges": []})
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("/problems/invalid-request")
    assert (await put(partners, PATH, {}, 1)).status_code == 422
