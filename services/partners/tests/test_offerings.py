"""The common catalogue and its seats, over HTTP on a real database."""

from typing import Any

import pytest
from kit.testing import Harness

from .catalogue import CODE, PATH, an_offering, declare, offer, put, seats


async def test_an_offering_is_the_callers_own_and_everyone_hears_of_it(partners: Harness) -> None:
    made = await offer(partners)
    assert made.status_code == 201, made.text
    shown = made.json()
    assert shown == an_offering() | {
        "organisation": "oulu", "taken": 0, "held": 0, "available": 10, "over": 0, "as_of": None,
        "stale": False, "eligibility_version": None, "revision": 1,
        "confirmed_at": shown["confirmed_at"], "changed_at": shown["confirmed_at"],
    }  # fmt: skip
    assert (await partners.caller("kela-pohjoinen").get(PATH)).json() == made.json()
    (fact,) = await partners.said("partners.offering.published.v1")
    told = ("organisation", "confirmed_at", "eligibility_version")
    said = {name: shown[name] for name in told}
    assert fact["data"] == an_offering() | said
    assert (fact["subject"], fact["sequence"]) == (f"offerings/{CODE}", "1")


async def test_who_is_no_registered_partner_offers_nothing(partners: Harness) -> None:
    refused = await offer(partners, by="some-ngo")
    assert refused.status_code == 403
    assert refused.json()["type"].endswith("/problems/not-registered")


async def test_the_provider_declares_the_capacity(partners: Harness) -> None:
    await offer(partners)
    declared = await declare(partners, "oulu", 3)
    assert declared.status_code == 200, declared.text
    assert declared.headers["etag"] == '"2"'
    assert (declared.json()["capacity"], declared.json()["available"]) == (3, 3)
    (fact,) = await partners.said("partners.offering.capacity_declared.v1")
    told = {"organisation": "oulu", "eligibility_version": None}
    told["confirmed_at"] = declared.json()["confirmed_at"]
    assert fact["data"] == an_offering(capacity=3, taken_elsewhere=0) | told
    assert fact["sequence"] == "2"


async def test_nobody_but_the_provider_declares(partners: Harness) -> None:
    await offer(partners)
    refused = await declare(partners, "kela-pohjoinen", 3)
    assert refused.status_code == 403
    assert refused.json()["type"].endswith("/problems/not-the-provider")


async def test_who_has_not_read_the_latest_cannot_declare(partners: Harness) -> None:
    await offer(partners)
    await declare(partners, "oulu", 3)
    assert (await declare(partners, "oulu", 4)).status_code == 412
    missing = await partners.caller("oulu").put(f"{PATH}/capacity", json={"capacity": 4})
    assert missing.status_code == 428


@pytest.mark.parametrize("capacity", [-1, 1.5, "many", None, 10**9])
async def test_a_capacity_is_a_number_of_seats(partners: Harness, capacity: Any) -> None:
    await offer(partners)
    assert (await declare(partners, "oulu", capacity)).status_code == 422


async def test_seats_taken_in_referrals_are_shown_with_the_time_of_the_count(
    partners: Harness,
) -> None:
    await offer(partners)
    await seats(partners, "taken", 1)
    await seats(partners, "taken", 2)
    seen = (await partners.caller("oulu").get(PATH)).json()
    assert (seen["taken"], seen["available"]) == (2, 8)
    assert seen["as_of"] is not None
    await seats(partners, "freed", 1)
    listed = (await partners.caller("oulu").get("/offerings")).json()["items"]
    assert [o["available"] for o in listed] == [9]


async def test_a_count_heard_twice_or_late_does_not_go_back(partners: Harness) -> None:
    await offer(partners)
    facts = [
        await partners.hear("referrals.seats.taken.v1", f"seats/{CODE}", offering=CODE, taken=taken)
        for taken in (1, 2)
    ]
    await partners.receive(*facts)
    assert (await partners.caller("oulu").get(PATH)).json()["taken"] == 2


async def test_seats_may_be_heard_of_before_the_offering(partners: Harness) -> None:
    await seats(partners, "taken", 1)
    assert (await offer(partners)).status_code == 201
    assert (await partners.caller("oulu").get(PATH)).json()["available"] == 9


async def test_a_capacity_below_what_is_taken_leaves_none_and_not_less(partners: Harness) -> None:
    await offer(partners)
    await seats(partners, "taken", 5)
    assert (await declare(partners, "oulu", 3)).json()["available"] == 0


async def test_more_taken_than_there_is_capacity_is_shown_as_such(partners: Harness) -> None:
    await offer(partners)
    await seats(partners, "taken", 9)
    body = {"capacity": 8, "taken_elsewhere": 1}
    shown = (await put(partners, f"{PATH}/capacity", body)).json()
    assert (shown["taken"], shown["available"], shown["over"]) == (9, 0, 2)


async def test_a_seat_that_is_held_is_not_available(partners: Harness) -> None:
    await offer(partners)
    for kind, held, available in [("held", 1, 6), ("held", 2, 5), ("released", 1, 6)]:
        await seats(partners, kind, 3, held=held)
        seen = (await partners.caller("oulu").get(PATH)).json()
        assert (seen["taken"], seen["held"], seen["available"]) == (3, held, available)


async def test_the_catalogue_is_searched_by_need_municipality_and_organisation(
    partners: Harness,
) -> None:
    await offer(partners)
    await offer(partners, by="kela-pohjoinen", code="kela", needs=["finances"], audience={})
    reader = partners.caller("te-pohjois-pohjanmaa")

    async def found(**filters: str) -> list[str]:
        listed = await reader.get("/offerings", params=filters)
        return [o["code"] for o in listed.json()["items"]]

    assert await found() == ["kela", CODE]
    assert await found(need="career_guidance") == [CODE]
    assert await found(need="housing") == []
    assert await found(municipality="244") == ["kela", CODE]
    assert await found(municipality="977") == ["kela"]
    assert await found(organisation="oulu") == [CODE]
    assert await found(need="finances", municipality="564", organisation="oulu") == []


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("need=carer_guidance", "career_guidance"),
        ("municipality=654", "564"),
        ("organisation=ouluu", "oulu"),
        ("needs=housing", "need"),
    ],
)
async def test_a_misspelt_search_is_refused_with_suggestions(
    partners: Harness, query: str, suggestion: str
) -> None:
    refused = await partners.caller("oulu").get(f"/offerings?{query}")
    assert refused.status_code == 422
    assert suggestion in refused.json()["suggestions"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"needs": ["housing", "hausing"]}, "/body/needs/1"),
        ({"audience": {"municipalities": ["565"]}}, "/body/audience/municipalities/0"),
    ],
)
async def test_an_unknown_code_in_an_offering_is_refused(
    partners: Harness, changes: dict[str, Any], pointer: str
) -> None:
    refused = await offer(partners, **changes)
    assert (refused.status_code, refused.json()["pointer"]) == (422, pointer)
    assert refused.json()["suggestions"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"needs": []},
        {"needs": ["housing", "housing"]},
        {"audience": {"age_from": 30, "age_to": 15}},
        {"audience": {"municipalities": ["564", "564"]}},
        {"intensity": "some"},
        {"organisation": "kela-pohjoinen"},
    ],
)
async def test_what_is_not_of_the_form_is_refused(partners: Harness, wrong: dict[str, Any]) -> None:
    refused = await offer(partners, **wrong)
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("/problems/invalid-request")


async def test_a_code_is_given_once_whoever_asks(partners: Harness) -> None:
    await offer(partners)
    assert (await offer(partners, by="kela-pohjoinen")).status_code == 409
