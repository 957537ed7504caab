"""What an ending organisation owns passes to its successors, all that is named or nothing."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import Response
from kit import clock
from kit.testing import Harness

TE, AREA, OULU, KELA = "te-pohjois-pohjanmaa", "oulun-tyollisyysalue", "oulu", "kela-pohjoinen"
NAME = {"fi": "Sopimus"}
CLAUSE = {
    "code": "referral", "purpose": "client_referral", "data_classes": ["situation"],
    "from": [TE], "to": ["oulu", TE],
}  # fmt: skip


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


async def moved(service: Harness, path: str, body: Any, by: str = OULU) -> Response:
    """Post something at the revision that is there."""
    who = service.caller(by, "partners:read", "partners:write", "partners:coordinate")
    thing = "/".join(path.split("/")[:3])
    tag = (await who.get(thing)).headers["etag"]
    return (await who.post(path, json=body, headers={"If-Match": tag})).raise_for_status()


async def in_force(service: Harness, code: str, *parties: str) -> None:
    """Bring an agreement into force, in which the TE Office has every kind of place."""
    body = {
        "code": code, "name": NAME, "parties": parties, "sharing": [CLAUSE],
        "themes": [{"code": "te", "name": NAME, "lead": parties[0]}],
        "pilots": [{"code": "pilot", "name": NAME, "theme": "te", "owner": parties[0]}],
        "valid_from": day(0), "valid_until": day(300),
    }  # fmt: skip
    coordinator = service.caller(OULU, "partners:coordinate")
    (await coordinator.post("/agreements", json=body)).raise_for_status()
    await moved(service, f"/agreements/{code}/steps", {"step": "propose"})
    for party in parties:
        await moved(service, f"/agreements/{code}/signatures", {}, party)
    await service.look_at_the_clock(clock.now())


async def offered(service: Harness, code: str) -> None:
    """Let the TE Office offer a service."""
    body = {
        "code": code, "name": NAME, "description": NAME, "needs": ["job_search"],
        "intensity": "guidance", "capacity": 5,
    }  # fmt: skip
    (await service.caller(TE).post("/offerings", json=body)).raise_for_status()


@pytest.fixture
async def ending(partners: Harness) -> Harness:
    """Let the TE Office end, a party to two agreements, with two offerings."""
    coordinator = partners.caller(OULU, "partners:coordinate")
    area = {"code": AREA, "kind": "employment_area", "name": {"fi": "Oulun työllisyysalue"}}
    (await coordinator.post("/organisations", json=area)).raise_for_status()
    await in_force(partners, "sopimus", TE, OULU, KELA)
    await in_force(partners, "toinen", TE, OULU)
    for code in ("tyonhaku", "ohjaus"):
        await offered(partners, code)
    await moved(partners, f"/organisations/{TE}/ending", {"on": "2024-12-31"})
    return partners


async def hand_over(service: Harness, **moves: list[tuple[str, str]]) -> Response:
    body = {kind: [{"code": c, "to": to} for c, to in found] for kind, found in moves.items()}
    coordinator = service.caller(OULU, "partners:coordinate")
    return await coordinator.post(f"/organisations/{TE}/handovers", json=body)


async def test_seats_and_offerings_pass_and_the_answer_tells_what_is_left(ending: Harness) -> None:
    before = len(await ending.said())
    done = await hand_over(ending, agreements=[("sopimus", AREA)], offerings=[("ohjaus", KELA)])
    assert done.status_code == 200, done.text
    assert done.json() == {
        "organisation": TE,
        "agreements": ["sopimus"],
        "offerings": ["ohjaus"],
        "agreements_left": ["toinen"],
        "offerings_left": ["tyonhaku"],
    }
    seat, offering = (await ending.said())[before:]
    assert (seat["type"], seat["subject"]) == (
        "partners.agreement.seat_passed.v1", "agreements/sopimus",
    )  # fmt: skip
    assert (seat["data"]["predecessor"], seat["data"]["successor"]) == (TE, AREA)
    assert seat["data"]["parties"] == seat["data"]["signed_by"] == [AREA, OULU, KELA]
    assert (offering["type"], offering["data"]["organisation"]) == (
        "partners.offering.passed.v1", KELA,
    )  # fmt: skip


async def test_the_successor_has_every_place_of_its_predecessor_from_that_day_on(
    ending: Harness,
) -> None:
    before = (await ending.caller(KELA).get("/agreements/sopimus")).json()
    await hand_over(ending, agreements=[("sopimus", AREA)])
    after = (await ending.caller(KELA).get("/agreements/sopimus")).json()
    assert (after["status"], after["version"]) == ("in_force", before["version"] + 1)
    assert (after["themes"][0]["lead"], after["pilots"][0]["owner"]) == (AREA, AREA)
    assert (after["sharing"][0]["from"], sorted(after["sharing"][0]["to"])) == (
        [AREA], [OULU, AREA],
    )  # fmt: skip
    kept = {s["organisation"]: (s["officer"], s["at"]) for s in after["signatures"]}
    given = {s["organisation"]: (s["officer"], s["at"]) for s in before["signatures"]}
    assert kept == {AREA: given[TE], OULU: given[OULU], KELA: given[KELA]}
    first = (await ending.caller(KELA).get("/agreements/sopimus/versions/1")).json()
    assert first["document"]["terms"]["parties"] == [TE, OULU, KELA]


async def test_the_new_provider_alone_speaks_for_the_offering(ending: Harness) -> None:
    await hand_over(ending, offerings=[("ohjaus", KELA)])
    tag = {"If-Match": (await ending.caller(OULU).get("/offerings/ohjaus")).headers["etag"]}
    path, body = "/offerings/ohjaus/capacity", {"capacity": 7}
    assert (await ending.caller(TE).put(path, json=body, headers=tag)).status_code == 403
    assert (await ending.caller(KELA).put(path, json=body, headers=tag)).status_code == 200


async def test_a_successor_that_is_a_party_already_has_one_seat(ending: Harness) -> None:
    assert (await hand_over(ending, agreements=[("sopimus", OULU)])).status_code == 200
    after = (await ending.caller(KELA).get("/agreements/sopimus")).json()
    assert after["parties"] == [OULU, KELA]
    assert [s["organisation"] for s in after["signatures"]] == [OULU, KELA]


@pytest.mark.parametrize(
    ("agreements", "offerings", "status", "problem"),
    [
        ([("sopimus", AREA), ("toinen", OULU)], [], 409, "lone-party"),
        ([("sopimus", AREA)], [("ohjaus", TE)], 422, "own-successor"),
        ([("sopimus", AREA)], [("ohjauss", KELA)], 422, "unknown-code"),
        ([("sopimus", AREA)], [("ohjaus", "nobody")], 422, "unknown-code"),
        ([("sopimuss", AREA)], [("ohjaus", KELA)], 422, "unknown-code"),
        ([("sopimus", AREA), ("sopimus", KELA)], [], 422, "invalid-request"),
        ([], [], 422, "invalid-request"),
    ],
)
async def test_one_move_that_cannot_be_lets_nothing_move(
    ending: Harness,
    agreements: list[tuple[str, str]],
    offerings: list[tuple[str, str]],
    status: int,
    problem: str,
) -> None:
    before = await ending.said()
    refused = await hand_over(ending, agreements=agreements, offerings=offerings)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (status, problem)
    assert await ending.said() == before


async def test_an_agreement_that_is_being_amended_waits(ending: Harness) -> None:
    words = {"effective_on": day(10), "vision": {"fi": "Näky"}}
    await moved(ending, "/agreements/sopimus/amendments", words)
    refused = await hand_over(ending, agreements=[("sopimus", AREA)])
    assert refused.json()["type"].endswith("/problems/amendment-open")


async def test_only_who_ends_hands_over(partners: Harness) -> None:
    await offered(partners, "ohjaus")
    refused = await hand_over(partners, offerings=[("ohjaus", KELA)])
    assert refused.json()["type"].endswith("/problems/not-ending")
