"""The life of an offering: drafted, published, changed, paused, resumed, ended."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from kit.problems import IllegalStep
from kit.testing import Harness
from partners.domain.catalogue import Capacity, Service
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import LIFECYCLE, OfferingStatus, OfferingStep

from .catalogue import PATH, a_place, a_service, fi, hours, offer, put, step

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STEPS = ["publish", "pause", "resume", "end"]


def test_every_step_from_every_status_is_the_tables_or_refused() -> None:
    table = {(status, step): to.status for status, step, to in LIFECYCLE}
    service = Service.model_validate(a_service())
    for status, taken in product(OfferingStatus, OfferingStep):
        offering = Offering.of("ohjaus", "oulu", service, Capacity(capacity=2), NOW)
        offering.status = status
        moves: dict[OfferingStep, Any] = {
            OfferingStep.CHANGE: lambda o=offering: o.change(service, NOW),
            OfferingStep.DECLARE: lambda o=offering: o.declare(Capacity(capacity=1), NOW),
        }
        move = moves.get(taken, lambda o=offering, s=taken: o.step(s, NOW))
        if (status, taken) in table:
            assert move().status == table[status, taken] == offering.status
        else:
            with pytest.raises(IllegalStep):
                move()


async def test_a_draft_is_its_providers_until_it_is_published(partners: Harness) -> None:
    made = await offer(partners, status="draft")
    assert (made.status_code, made.json()["status"]) == (201, "draft"), made.text
    assert made.json()["available"] == 0
    other = partners.caller("kela-pohjoinen")
    assert (await other.get(PATH)).status_code == 404
    assert (await step(partners, "publish", 1, by="kela-pohjoinen")).status_code == 404
    for who, status, seen in [
        (other, "draft", 0),
        (partners.caller("oulu"), "draft", 1),
        (partners.caller("oulu"), None, 0),
    ]:
        listed = await who.get("/offerings", params={"status": status} if status else {})
        assert len(listed.json()["items"]) == seen
    (feed,) = [await other.get("/events") for _ in range(1)]
    assert [e for e in feed.json() if e["subject"].startswith("offerings/")] == []
    assert (await step(partners, "publish", 1)).json()["status"] == "published"
    assert (await other.get(PATH)).json()["revision"] == 2
    kinds = [e["type"] for e in await partners.said() if e["subject"].startswith("offerings/")]
    assert kinds == ["partners.offering.drafted.v1", "partners.offering.published.v1"]


async def test_a_service_pauses_resumes_and_ends_and_each_is_told(partners: Harness) -> None:
    await offer(partners)
    reader = partners.caller("kela-pohjoinen")
    for revision, (name, status, available, listed) in enumerate(
        [
            ("pause", "paused", 0, 1),
            ("resume", "published", 10, 1),
            ("end", "ended", 0, 0),
        ],
        start=1,
    ):
        answer = await step(partners, name, revision)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["status"], answer.json()["available"]) == (status, available)
        assert len((await reader.get("/offerings")).json()["items"]) == listed
    assert len((await reader.get("/offerings?status=ended")).json()["items"]) == 1
    facts = [e for e in await partners.said() if e["subject"] == PATH.removeprefix("/")]
    told = [(e["type"].split(".")[2], e["data"]["status"]) for e in facts]
    assert told == [
        ("published", "published"), ("paused", "paused"), ("resumed", "published"),
        ("ended", "ended"),
    ]  # fmt: skip


async def test_an_illegal_step_names_the_legal_ones(partners: Harness) -> None:
    await offer(partners)
    refused = await step(partners, "resume", 1)
    assert refused.status_code == 409
    assert refused.json()["legal"] == ["pause", "change", "declare", "end"]
    await step(partners, "end", 1)
    assert (await put(partners, PATH, a_service(), 2)).json()["legal"] == []


@pytest.mark.parametrize("name", ["change", "declare", "explode"])
async def test_what_is_no_step_of_this_route_is_refused(partners: Harness, name: str) -> None:
    await offer(partners)
    assert (await step(partners, name, 1)).status_code == 422


async def test_a_change_states_the_service_anew_and_leaves_its_capacity(
    partners: Harness,
) -> None:
    made = (await offer(partners)).json()
    said = a_service(name=fi("Uusi nimi"), places=[], needs=["housing"], access="self")
    changed = await put(partners, PATH, said)
    assert changed.status_code == 200, changed.text
    shown = changed.json()
    now = {"changed_at": shown["changed_at"], "revision": 2}
    assert shown == made | said | now
    assert shown["changed_at"] > made["changed_at"]
    (fact,) = await partners.said("partners.offering.changed.v1")
    assert fact["data"]["name"]["fi"] == "Uusi nimi"
    assert fact["data"]["capacity"] == 12


async def test_nobody_but_the_provider_changes_or_steps(partners: Harness) -> None:
    await offer(partners)
    for refused in (
        await put(partners, PATH, a_service(), by="kela-pohjoinen"),
        await step(partners, "end", 1, by="kela-pohjoinen"),
    ):
        assert refused.status_code == 403
        assert refused.json()["type"].endswith("/problems/not-the-provider")
    assert (await put(partners, PATH, a_service(), 7)).status_code == 412


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"audience": {"situations": ["unemploied"]}}, "/body/audience/situations/0"),
        ({"audience": {"languages": ["fi", "xx"]}}, "/body/audience/languages/1"),
        ({"places": [a_place(municipality="565")]}, "/body/places/0/municipality"),
        ({"channels": [{"kind": "fax", "address": "1"}]}, "/body/channels/0/kind"),
        ({"theme": "businessasema"}, "/body/theme"),
        ({"capacity_unit": "clients"}, "/body/capacity_unit"),
    ],
)
async def test_a_code_that_nobody_has_is_refused(
    partners: Harness, changes: dict[str, Any], pointer: str
) -> None:
    refused = await offer(partners, **changes)
    assert (refused.status_code, refused.json().get("pointer")) == (422, pointer), refused.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"places": [a_place(), a_place()]},
        {"places": [a_place(latitude=None)]},
        {"places": [a_place(latitude=91.0)]},
        {"places": [a_place(hours=[hours(opens="16:00")])]},
        {"places": [a_place(hours=[hours(days=["MO", "MO"])])]},
        {"places": [a_place(hours=[hours(valid_from="2027-01-02", valid_until="2027-01-01")])]},
        {"price": {"cents": -1}},
        {"price": {"cents": 1.5}},
        {"stale_after_days": 0},
        {"capacity_period": {"starts": "2027-02-01", "ends": "2027-01-01"}},
        {"status": "ended"},
        {"channels": [{"kind": "phone", "address": " "}]},
    ],
)
async def test_what_no_service_can_be_is_refused(partners: Harness, wrong: dict[str, Any]) -> None:
    refused = await offer(partners, **wrong)
    assert refused.status_code == 422, refused.text
    assert refused.json()["type"].endswith("/problems/invalid-request")


async def test_a_theme_is_one_of_an_agreement_of_the_providers(partners: Harness) -> None:
    theme = {"code": "businessasema", "name": fi("BusinessAsema"), "lead": "oulu"}
    body = {
        "code": "sopimus", "name": fi("Sopimus"), "parties": ["oulu", "kela-pohjoinen"],
        "themes": [theme], "valid_from": "2026-01-01", "valid_until": "2027-12-31",
    }  # fmt: skip
    coordinator = partners.caller("oulu", "partners:coordinate")
    assert (await coordinator.post("/agreements", json=body)).is_success
    assert (await offer(partners, theme="businessasema")).status_code == 201
    stranger = await offer(
        partners, by="te-pohjois-pohjanmaa", code="another", theme="businessasema"
    )
    assert stranger.status_code == 422
