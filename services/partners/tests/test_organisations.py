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
}


async def test_the_coordinator_registers_a_partner_and_everyone_hears_of_it(
    service: Harness,
) -> None:
    made = await service.caller("oulu", "partners:coordinate").post("/organisations", json=NGO)
    assert made.status_code == 201, made.text
    assert made.headers["etag"] == '"1"'
    seen = await service.caller("kela-pohjoinen").get("/organisations/some-ngo")
    assert seen.json() == made.json() == NGO | {"business_id": "1234563-9", "revision": 1}
    (fact,) = await service.said()
    assert fact["type"] == "partners.organisation.registered.v1"
    assert (fact["subject"], fact["sequence"]) == ("organisations/some-ngo", "1")
    assert fact["data"] == NGO | {"business_id": "1234563-9"}


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
