"""Amendments: versions that take effect on their day, once every party of both has signed."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from httpx import Response
from kit import clock
from kit.testing import Harness
from kit.testing.passing import noon

CODE = "sopimus"
PATH = f"/agreements/{CODE}"
OULU, KELA, TE = "oulu", "kela-pohjoinen", "te-pohjois-pohjanmaa"
GOAL = {
    "code": "rate", "indicator": "unemployment-rate", "area": "KU564", "name": {"fi": "Laskee"},
    "baseline": {"value": 12.0, "period": "2019-12", "source": "12r5"},
    "target": {"value": 9.0, "period": "2025-12", "source": "Sopimus"},
}  # fmt: skip
CLAUSE = {
    "code": "referral", "purpose": "client_referral", "data_classes": ["situation"],
    "from": "all", "to": "all",
}  # fmt: skip


def day(days: int) -> str:
    """Give a day some days from today."""
    return (clock.today() + timedelta(days=days)).isoformat()


async def move(service: Harness, path: str, body: Any, by: str = OULU) -> Response:
    """Post something about the agreement at the revision that is there."""
    who = service.caller(by, "partners:read", "partners:write", "partners:coordinate")
    tag = (await who.get(PATH)).headers["etag"]
    return await who.post(f"{PATH}/{path}", json=body, headers={"If-Match": tag})


async def in_force(service: Harness, **changes: Any) -> None:
    """Bring an agreement of two parties into force."""
    coordinator = service.caller(OULU, "partners:coordinate")
    body = {
        "code": CODE, "name": {"fi": "Sopimus"}, "parties": [OULU, KELA], "goals": [GOAL],
        "sharing": [CLAUSE], "valid_from": day(0), "valid_until": day(300), **changes,
    }  # fmt: skip
    made = await coordinator.post("/agreements", json=body)
    assert made.status_code == 201, made.text
    await move(service, "steps", {"step": "propose"})
    await sign(service, OULU, KELA)
    await pass_to(service, 0)


async def sign(service: Harness, *parties: str) -> Response:
    for party in parties:
        signed = await move(service, "signatures", {}, party)
        assert signed.status_code == 201, signed.text
    return signed


async def amend(service: Harness, effective: int = 10, **words: Any) -> Response:
    return await move(service, "amendments", {"effective_on": day(effective), **words})


async def signed(service: Harness, *parties: str, effective: int = 10, **words: Any) -> None:
    """Draft, propose and sign an amendment."""
    drafted = await amend(service, effective, **words)
    assert drafted.status_code == 201, drafted.text
    await move(service, "steps", {"step": "propose"})
    await sign(service, *(parties or (OULU, KELA)))


async def pass_to(service: Harness, days: int) -> None:
    await service.look_at_the_clock(noon(days))


async def shown(service: Harness, on: int | None = None) -> dict[str, Any]:
    params = {} if on is None else {"on": day(on)}
    answer = await service.caller(TE).get(PATH, params=params)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def versions(service: Harness) -> list[dict[str, Any]]:
    items = (await service.caller(TE).get(f"{PATH}/versions")).json()["items"]
    return list(items)


async def test_an_amendment_rules_from_its_day_and_until_then_the_old_version_does(
    partners: Harness,
) -> None:
    await in_force(partners)
    await signed(partners, vision={"fi": "Uusi näky"})
    await pass_to(partners, 9)
    assert ((await shown(partners))["version"], (await shown(partners))["vision"]) == (1, None)
    await pass_to(partners, 10)
    now = await shown(partners)
    assert (now["version"], now["vision"]["fi"], now["status"]) == (2, "Uusi näky", "in_force")
    one, two = await versions(partners)
    assert (one["status"], one["held_from"], one["held_until"]) == ("superseded", day(0), day(9))
    assert (two["status"], two["held_from"], two["held_until"]) == ("in_force", day(10), day(300))
    assert two["kinds"] == ["wording"]


async def test_what_held_on_a_day_is_told_before_and_after(partners: Harness) -> None:
    await in_force(partners)
    await signed(partners, vision={"fi": "Uusi näky"})
    for passed in (0, 400):
        await pass_to(partners, passed)
        told = {days: await shown(partners, days) for days in (0, 9, 10, 300, 301)}
        assert {days: seen["version"] for days, seen in told.items()} == {
            0: 1, 9: 1, 10: 2, 300: 2, 301: 2,
        }  # fmt: skip
        assert [seen["status"] for seen in told.values()] == ["in_force"] * 4 + ["expired"]
    never = await partners.caller(TE).get(PATH, params={"on": day(-1)})
    assert never.status_code == 404


async def test_an_amendment_that_one_party_has_not_signed_takes_no_effect(
    partners: Harness,
) -> None:
    await in_force(partners)
    await signed(partners, OULU, vision={"fi": "Uusi näky"})
    await pass_to(partners, 20)
    assert (await shown(partners))["version"] == 1
    late = (await sign(partners, KELA)).json()
    assert late["version"] == 1
    assert (await versions(partners))[1]["concluded_on"] == day(0)


async def test_a_party_that_joins_or_leaves_signs_as_well_and_the_fact_names_it(
    partners: Harness,
) -> None:
    await in_force(partners, parties=[OULU, KELA])
    await signed(partners, OULU, KELA, TE, parties=[OULU, TE], sharing=[])
    await pass_to(partners, 10)
    (fact,) = await partners.said("partners.agreement.amended.v1")
    said = fact["data"]
    assert (said["joined"], said["left"], said["from_version"]) == ([TE], [KELA], 1)
    assert said["kinds"] == ["party_joins", "party_leaves", "sharing"]
    assert (said["parties"], said["sharing"], said["prolonged_from"]) == ([OULU, TE], [], None)
    assert [v["parties"] for v in said["versions"]] == [[OULU, KELA], [OULU, TE]]
    assert set(said["parties"]) <= set(said["signed_by"])


async def test_a_prolongation_moves_the_end_and_its_notices(partners: Harness) -> None:
    await in_force(partners, valid_until=day(20))
    await pass_to(partners, 0)
    await signed(partners, effective=20, valid_until=day(200))
    await pass_to(partners, 15)
    assert len(await partners.said("partners.agreement.expiring.v1")) == 1  # before it was signed
    await pass_to(partners, 21)
    (fact,) = await partners.said("partners.agreement.amended.v1")
    assert (fact["data"]["prolonged_from"], fact["data"]["valid_until"]) == (day(20), day(200))
    assert (await shown(partners))["status"] == "in_force"
    await pass_to(partners, 120)
    assert len(await partners.said("partners.agreement.expiring.v1")) == 2
    await pass_to(partners, 201)
    assert (await shown(partners))["status"] == "expired"


async def test_of_two_amendments_each_takes_effect_on_its_day_and_nothing_twice(
    partners: Harness,
) -> None:
    await in_force(partners)
    await signed(partners, effective=5, vision={"fi": "Ensin"})
    await signed(partners, effective=7, goals=[])
    await pass_to(partners, 299)
    await pass_to(partners, 299)
    told = await partners.said("partners.agreement.amended.v1")
    assert [f["data"]["version"] for f in told] == [2, 3]
    now = await shown(partners)
    assert (now["vision"]["fi"], now["goals"]) == ("Ensin", [])


async def test_changes_are_told_in_words_and_as_data(partners: Harness) -> None:
    await in_force(partners)
    theme = {"code": "ohjaamo", "name": {"fi": "Ohjaamo", "sv": "Navigatorn"}, "lead": OULU}
    clause = CLAUSE | {"data_classes": ["contact", "situation"]}
    await amend(
        partners, parties=[OULU, KELA, TE], themes=[theme], goals=[], sharing=[clause],
        valid_until=day(400), name={"fi": "Toinen nimi"},
    )  # fmt: skip
    answer = await partners.caller(KELA).get(f"{PATH}/versions/1/changes/2")
    found = {change["kind"]: change for change in answer.json()["changes"]}
    assert list(found) == [
        "wording", "party_joins", "themes", "goals", "sharing", "prolongation",
    ]  # fmt: skip
    assert found["themes"]["text"] == {
        "fi": "Lisätään teema: Ohjaamo.", "sv": "Nytt tema: Navigatorn.",
        "en": "New theme: Ohjaamo.",
    }  # fmt: skip
    assert found["goals"]["text"]["en"] == "Taken out, goal: Laskee."
    assert (found["goals"]["before"]["target"]["value"], found["goals"]["after"]) == (9.0, None)
    assert (
        found["party_joins"]["text"]["fi"] == "Pohjois-Pohjanmaan TE-toimisto liittyy osapuoleksi."
    )
    assert found["sharing"]["after"]["data_classes"] == ["contact", "situation"]
    assert (found["prolongation"]["before"], found["prolongation"]["after"]) == (day(300), day(400))
    back = (await partners.caller(KELA).get(f"{PATH}/versions/2/changes/1")).json()["changes"]
    assert {c["kind"] for c in back} >= {"party_leaves", "shortening"}
    assert (await partners.caller(KELA).get(f"{PATH}/versions/1/changes/3")).status_code == 404


async def test_the_fingerprint_is_of_the_document_that_is_shown(partners: Harness) -> None:
    await in_force(partners)
    await signed(partners, goals=[])
    for number in (1, 2):
        seen = (await partners.caller(TE).get(f"{PATH}/versions/{number}")).json()
        assert sha256(rfc8785.dumps(seen["document"])).hexdigest() == seen["sha256"]
        assert {s["sha256"] for s in seen["signatures"]} == {seen["sha256"]}
        assert seen["document"]["version"] == number


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"effective": -1, "goals": []}, "outside-term"),
        ({"effective": 301, "goals": []}, "outside-term"),
        ({"effective": 20, "valid_until": "2000-01-01"}, "outside-term"),
        ({"goals": [GOAL]}, "nothing-changes"),
        ({"parties": ["oulu", "kela-pohjonen"]}, "unknown-code"),
        ({"goals": [GOAL, GOAL]}, "invalid-request"),
        ({"valid_from": "2019-08-12"}, "invalid-request"),
    ],
)
async def test_an_amendment_that_cannot_be_is_refused(
    partners: Harness, words: dict[str, Any], problem: str
) -> None:
    await in_force(partners)
    refused = await amend(partners, **words)
    assert refused.status_code == 422, refused.text
    assert refused.json()["type"].endswith(f"/problems/{problem}")
    assert len(await versions(partners)) == 1


async def test_one_amendment_is_prepared_at_a_time_and_can_be_taken_back(
    partners: Harness,
) -> None:
    await in_force(partners)
    assert (await amend(partners, goals=[])).json()["open_version"] == 2
    refused = await amend(partners, goals=[])
    assert (refused.status_code, refused.json()["open_version"]) == (409, 2)
    taken_back = await move(partners, "steps", {"step": "withdraw"})
    assert (taken_back.json()["status"], taken_back.json()["open_version"]) == ("in_force", None)
    assert (await amend(partners, goals=[])).json()["open_version"] == 3
    told = [e["type"].split(".")[2] for e in await partners.said() if "agreement." in e["type"]]
    assert told[-3:] == ["amendment_drafted", "amendment_withdrawn", "amendment_drafted"]


async def test_an_agreement_that_no_fact_could_carry_is_refused(partners: Harness) -> None:
    await in_force(partners)
    goals = [
        GOAL | {"code": f"goal-{n}", "name": dict.fromkeys(("fi", "sv", "en"), "ä" * 2000)}
        for n in range(70)
    ]
    refused = await amend(partners, goals=goals)
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("/problems/agreement-too-long")


async def test_what_is_signed_is_amended_before_it_begins(partners: Harness) -> None:
    await in_force(partners, valid_from=day(5))
    await signed(partners, effective=5, vision={"fi": "Uusi näky"})
    await pass_to(partners, 5)
    assert (await shown(partners))["version"] == 2


async def test_what_is_not_in_force_is_not_amended(partners: Harness) -> None:
    await in_force(partners)
    await pass_to(partners, 301)
    refused = await amend(partners, goals=[])
    assert refused.json()["type"].endswith("/problems/illegal-step")


async def revise(service: Harness, number: int = 2, effective: int = 10, **words: Any) -> Response:
    """Put an amendment's draft anew at the revision that is there."""
    who = service.caller(OULU, "partners:read", "partners:coordinate")
    tag = (await who.get(PATH)).headers["etag"]
    body = {"effective_on": day(effective), **words}
    return await who.put(f"{PATH}/amendments/{number}", json=body, headers={"If-Match": tag})


async def test_an_amendments_draft_is_written_anew_before_it_is_proposed(
    partners: Harness,
) -> None:
    await in_force(partners)
    await amend(partners, 10, goals=[])
    revised = await revise(partners, 2, 20, parties=[OULU, KELA, TE])
    assert (revised.status_code, revised.json()["open_version"]) == (200, 2), revised.text
    draft = (await versions(partners))[1]
    assert (draft["effective_on"], draft["kinds"]) == (day(20), ["party_joins"])
    assert draft["waits_for"] == [OULU, KELA, TE]
    told = (await partners.said("partners.agreement.amendment_revised.v1"))[-1]["data"]
    assert (told["amendment"], told["kinds"]) == (2, ["party_joins"])
    assert told["versions"][1]["parties"] == [OULU, KELA, TE]
    assert told["versions"][1]["goals"][0]["code"] == "rate"  # what is left out is as agreed
    before = await partners.said()
    assert (await revise(partners, 2, 20, parties=[OULU, KELA, TE])).status_code == 200
    assert await partners.said() == before  # the same again says nothing
    await move(partners, "steps", {"step": "propose"})
    await sign(partners, OULU, KELA, TE)
    await pass_to(partners, 20)
    assert (await shown(partners))["parties"] == [OULU, KELA, TE]


@pytest.mark.parametrize(
    ("number", "words", "status"),
    [
        (2, {"goals": [GOAL]}, 422),  # nothing would change
        (2, {"effective": 301, "goals": []}, 422),
        (2, {"parties": [OULU, "nobody"]}, 422),
        (1, {"goals": []}, 404),  # the agreement itself is no amendment
        (3, {"goals": []}, 404),
    ],
)
async def test_a_draft_that_cannot_be_is_refused_and_stays_as_it_was(
    partners: Harness, number: int, words: dict[str, Any], status: int
) -> None:
    await in_force(partners)
    await amend(partners, 10, goals=[])
    before = await versions(partners), await partners.said()
    assert (await revise(partners, number, **words)).status_code == status
    assert (await versions(partners), await partners.said()) == before


async def test_what_is_proposed_or_withdrawn_is_not_written_anew(partners: Harness) -> None:
    await in_force(partners)
    await amend(partners, 10, goals=[])
    await move(partners, "steps", {"step": "propose"})
    refused = await revise(partners, sharing=[])
    assert (refused.status_code, refused.json()["legal"]) == (409, ["withdraw"])
    await move(partners, "steps", {"step": "withdraw"})
    assert (await revise(partners, sharing=[])).status_code == 409


async def test_an_amendment_is_written_anew_by_the_coordinator_who_read_the_latest(
    partners: Harness,
) -> None:
    await in_force(partners)
    await amend(partners, 10, goals=[])
    body, path = {"effective_on": day(10), "sharing": []}, f"{PATH}/amendments/2"
    coordinator, party = (
        partners.caller(OULU, "partners:coordinate"), partners.caller(KELA, "partners:write"),
    )  # fmt: skip
    stale = await coordinator.put(path, json=body, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert (await coordinator.put(path, json=body)).status_code == 428
    assert (await party.put(path, json=body, headers={"If-Match": '"1"'})).status_code == 403
