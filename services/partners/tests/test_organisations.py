"""Partners and their register, over HTTP on a real database."""

import asyncio

import pytest
from kit.testing import Harness

NGO = {
    "code": "some-ngo",
    "kind": "ngo",
    "name": {"fi": "Jokin yhdistys", "sv": "En förening", "en": "Some association"},
    "business_id": "12345639",
    "municipality": "244",
    "units": [
        {"code": "ohjaus", "name": {"fi": "Ohjaus", "sv": None, "en": None}, "municipality": "564"}
    ],
}
SHOWN = NGO | {
    "business_id": "1234563-9",
    "ends_on": None,
    "mandates": [],
    "successions": [],
}


async def test_the_coordinator_registers_a_partner_and_everyone_hears_of_it(
    service: Harness,
) -> None:
    made = await service.caller("oulu", "partners:coordinate").post("/organisations", json=NGO)
    assert made.status_code == 201, made.text
    assert made.headers["etag"] == '"1"'
    seen = await service.caller("kela-pohjoinen").get("/organisations/some-ngo")
    assert seen.json() == made.json() == SHOWN | {"revision": 1}
    (fact,) = await service.said()
    assert fact["type"] == "partners.organisation.registered.v1"
    assert (fact["subject"], fact["sequence"]) == ("organisations/some-ngo", "1")
    assert fact["data"] == SHOWN


async def test_nobody_but_the_coordinator_registers(service: Harness) -> None:
    refused = await service.caller("oulu").post("/organisations", json=NGO)
    assert (refused.status_code, refused.json()["scope"]) == (403, "partners:coordinate")


async def test_a_business_id_may_be_many_organisations(partners: Harness) -> None:
    listed = (await partners.caller("oulu").get("/organisations")).json()["items"]
    shared = [o["code"] for o in listed if o["business_id"] == "2296962-1"]
    assert shared == ["ely-pohjois-pohjanmaa", "te-pohjois-pohjanmaa"]


@pytest.mark.parametrize("wrong", ["1234563-8", "98765", "not one", "123456390"])
async def test_a_business_id_with_a_wrong_check_digit_is_refused_unrepeated(
    service: Harness, wrong: str
) -> None:
    coordinator = service.caller("oulu", "partners:coordinate")
    refused = await coordinator.post("/organisations", json=NGO | {"business_id": wrong})
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("/problems/not-a-business-id")
    assert refused.json()["pointer"] == "/body/business_id"
    assert wrong not in refused.text


async def test_an_unknown_municipality_is_refused_with_suggestions(service: Harness) -> None:
    coordinator = service.caller("oulu", "partners:coordinate")
    refused = await coordinator.post("/organisations", json=NGO | {"municipality": "546"})
    assert refused.status_code == 422
    assert "564" in refused.json()["suggestions"]


@pytest.mark.parametrize(
    "wrong", [{"code": "Oulu"}, {"code": "a"}, {"kind": "bank"}, {"name": {"en": "x"}}, {"x": 1}]
)
async def test_what_is_not_of_the_form_is_refused(
    service: Harness, wrong: dict[str, object]
) -> None:
    coordinator = service.caller("oulu", "partners:coordinate")
    refused = await coordinator.post("/organisations", json=NGO | wrong)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"].startswith("/body/")


async def test_a_code_is_given_once(partners: Harness) -> None:
    coordinator = partners.caller("oulu", "partners:coordinate")
    refused = await coordinator.post("/organisations", json=NGO | {"code": "oulu"})
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/problems/code-taken")


async def test_of_many_that_want_one_code_at_once_one_gets_it(service: Harness) -> None:
    coordinator = service.caller("oulu", "partners:coordinate")
    answers = await asyncio.gather(
        *(coordinator.post("/organisations", json=NGO) for _ in range(6))
    )
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409, 409, 409]
    assert len(await service.said()) == 1


async def test_a_list_is_read_page_by_page_in_the_order_of_codes(partners: Harness) -> None:
    reader = partners.caller("kela-pohjoinen")
    seen: list[str] = []
    after: dict[str, str] = {}
    for _ in range(3):
        page = (await reader.get("/organisations", params={"limit": "2", **after})).json()
        seen += [o["code"] for o in page["items"]]
        after = {"after": page["next"]}
    assert page["next"] is None
    assert seen == sorted(seen)
    assert len(seen) == 5


async def test_who_is_not_there_is_not_found(service: Harness) -> None:
    assert (await service.caller("oulu").get("/organisations/nobody")).status_code == 404


KINDS = [
    "city",
    "municipality",
    "regional_council",
    "ely_centre",
    "elinvoimakeskus",
    "te_office",
    "employment_area",
    "kela",
    "wellbeing_services_county",
    "education_provider",
    "ngo",
    "company",
]


async def test_there_is_a_kind_for_everyone_whom_the_agreement_may_meet(service: Harness) -> None:
    coordinator = service.caller("oulu", "partners:coordinate")
    for kind in KINDS:
        body = NGO | {"code": kind.replace("_", "-"), "kind": kind}
        made = await coordinator.post("/organisations", json=body)
        assert (made.status_code, made.json()["kind"]) == (201, kind), made.text


async def test_the_coordinator_states_names_and_units_anew_and_everyone_hears_of_it(
    partners: Harness,
) -> None:
    coordinator = partners.caller("oulu", "partners:coordinate")
    stated = {name: NGO[name] for name in ("name", "business_id", "municipality", "units")}
    changed = await coordinator.put(
        "/organisations/kela-pohjoinen", json=stated, headers={"If-Match": '"1"'}
    )
    assert changed.json() == SHOWN | {"code": "kela-pohjoinen", "kind": "kela", "revision": 2}
    again = await coordinator.put(
        "/organisations/kela-pohjoinen", json=stated, headers={"If-Match": '"2"'}
    )
    assert again.json() == changed.json()
    (fact,) = await partners.said("partners.organisation.changed.v1")
    assert fact["data"] == {k: v for k, v in changed.json().items() if k != "revision"}


@pytest.mark.parametrize(
    ("units", "problem"),
    [
        ([{"code": "a1", "name": {"fi": "A"}}] * 2, "invalid-request"),
        ([{"code": "a1", "name": {"fi": "A"}, "municipality": "546"}], "unknown-code"),
        ([{"code": "a1"}], "invalid-request"),
    ],
)
async def test_units_that_cannot_be_told_apart_or_found_are_refused(
    partners: Harness, units: list[object], problem: str
) -> None:
    coordinator = partners.caller("oulu", "partners:coordinate")
    refused = await coordinator.post("/organisations", json=NGO | {"units": units})
    assert refused.status_code == 422
    assert refused.json()["type"].endswith(f"/problems/{problem}")


async def test_an_organisation_ends_on_a_day_and_stays_in_the_register(partners: Harness) -> None:
    coordinator = partners.caller("oulu", "partners:coordinate")
    path = "/organisations/te-pohjois-pohjanmaa"
    for revision, day in ((1, "2024-12-30"), (2, "2024-12-31"), (3, "2024-12-31")):
        tag = {"If-Match": f'"{revision}"'}
        ended = await coordinator.post(f"{path}/ending", json={"on": day}, headers=tag)
        assert ended.json()["ends_on"] == day
    assert ended.json()["revision"] == 3  # the same day again says nothing
    assert (await partners.caller("oulu").get(path)).json() == ended.json()
    told = await partners.said("partners.organisation.ended.v1")
    assert [fact["data"]["ends_on"] for fact in told] == ["2024-12-30", "2024-12-31"]


async def test_nobody_but_the_coordinator_changes_or_ends_an_organisation(
    partners: Harness,
) -> None:
    own, tag = partners.caller("kela-pohjoinen"), {"If-Match": '"1"'}
    path = "/organisations/kela-pohjoinen"
    for refused in (
        await own.post(f"{path}/ending", json={"on": "2030-01-01"}, headers=tag),
        await own.put(path, json={"name": {"fi": "Kela"}}, headers=tag),
    ):
        assert (refused.status_code, refused.json()["scope"]) == (403, "partners:coordinate")
