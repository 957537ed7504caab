"""Placements: openings filled under a lock, and counted for the pilots of agreements in force."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from kit import clock
from kit.testing import Harness

from .builders import KELA, OULU, TE, posted, profiled

PILOT = "ict-recruitment"


async def agreed(service: Harness, code: str = "oulu", **more: Any) -> None:
    """Let the service hear of an agreement of two parties with one pilot."""
    today = clock.today()
    state: dict[str, Any] = {
        "parties": [TE, OULU],
        "signed_by": [TE, OULU],
        "valid_from": today.isoformat(),
        "valid_until": today.isoformat(),
        "pilots": [{"code": PILOT, "name": {"fi": "ICT-alan rekrytointi"}, "owner": OULU}],
    }
    await service.hear(
        "partners.agreement.signed.v1", f"agreements/{code}", **state | more, code=code
    )


async def placed(
    who: AsyncClient, vacancy: dict[str, Any], seeker: str | None = None, **more: Any
) -> Response:
    """Record a placement, of a new seeker if none is named."""
    seeker = seeker or await profiled(who)
    body = {"vacancy_id": vacancy["id"], "seeker_id": seeker, **more}
    return await who.post("/placements", json=body)


async def test_a_placement_fills_an_opening_and_each_says_its_fact(vacancies: Harness) -> None:
    await agreed(vacancies)
    te, oulu = vacancies.caller(TE), vacancies.caller(OULU)
    vacancy = await posted(oulu, openings=2)
    seeker = await profiled(te)
    answer = await placed(te, vacancy, seeker, pilot=PILOT)
    assert answer.status_code == 201, answer.text
    placement = answer.json()
    assert (placement["pilot"], placement["publisher"]) == (PILOT, OULU)
    recorded, filled = (await vacancies.said())[-2:]
    assert recorded["data"] == {
        "placement_id": placement["id"],
        "vacancy_id": vacancy["id"],
        "seeker_id": seeker,
        "organisation": TE,
        "publisher": OULU,
        "pilot": PILOT,
    }
    assert (filled["type"], filled["sequence"]) == ("vacancies.vacancy.filled.v1", "2")
    assert (filled["data"]["filled"], filled["data"]["status"]) == (1, "open")
    await placed(te, vacancy)
    shown = (await oulu.get(f"/vacancies/{vacancy['id']}")).json()
    assert (shown["filled"], shown["status"], shown["revision"]) == (2, "filled", 3)
    assert (await vacancies.said())[-1]["data"]["status"] == "filled"


async def test_only_the_two_concerned_hear_of_a_placement(vacancies: Harness) -> None:
    te, oulu, kela = (vacancies.caller(code) for code in (TE, OULU, KELA))
    await placed(te, await posted(oulu))
    heard = {
        code: "vacancies.placement.recorded.v1"
        in [fact["type"] for fact in (await who.get("/events")).json()]
        for code, who in ((TE, te), (OULU, oulu), (KELA, kela))
    }
    assert heard == {TE: True, OULU: True, KELA: False}


async def test_the_last_opening_is_filled_once_by_two_at_once(vacancies: Harness) -> None:
    te, oulu = vacancies.caller(TE), vacancies.caller(OULU)
    vacancy = await posted(oulu, openings=3)
    seekers = [(who, await profiled(who)) for who in (te, oulu) for _ in range(4)]
    answers = await asyncio.gather(*(placed(who, vacancy, seeker) for who, seeker in seekers))
    assert sorted(a.status_code for a in answers) == [201] * 3 + [409] * 5
    refused = next(a.json() for a in answers if a.status_code == 409)
    assert refused["type"].endswith("/problems/no-opening")
    assert refused["vacancy_status"] == "filled"
    facts = [f for f in await vacancies.said() if f["type"] == "vacancies.vacancy.filled.v1"]
    assert [f["data"]["filled"] for f in facts] == [1, 2, 3]
    assert (await te.get(f"/vacancies/{vacancy['id']}")).json()["filled"] == 3


async def test_a_seeker_is_placed_in_a_vacancy_once(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    vacancy, seeker = await posted(te, openings=2), await profiled(te)
    answers = await asyncio.gather(*(placed(te, vacancy, seeker) for _ in range(2)))
    assert sorted(a.status_code for a in answers) == [201, 409]
    assert (await te.get(f"/vacancies/{vacancy['id']}")).json()["filled"] == 1


async def test_the_same_key_places_once(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    body = {"vacancy_id": (await posted(te))["id"], "seeker_id": await profiled(te)}
    key = {"Idempotency-Key": "one"}
    first = await te.post("/placements", json=body, headers=key)
    again = await te.post("/placements", json=body, headers=key)
    assert (first.status_code, first.content) == (201, again.content)


async def test_a_withdrawn_vacancy_takes_nobody(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    vacancy = await posted(te)
    await te.delete("/vacancies/0187690-1/1")
    refused = await placed(te, vacancy)
    assert (refused.status_code, refused.json()["vacancy_status"]) == (409, "withdrawn")


async def test_a_posting_keeps_as_many_openings_as_are_filled(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    vacancy = await posted(te, openings=2)
    for _ in range(2):
        await placed(te, vacancy)
    path = "/vacancies/0187690-1/1"
    fewer = await te.put(path, json=vacancy["posting"] | {"openings": 1})
    assert (fewer.status_code, fewer.json()["filled"]) == (409, 2)
    more = await te.put(path, json=vacancy["posting"] | {"openings": 3})
    assert (more.status_code, more.json()["status"]) == (200, "open")


async def test_nobody_places_the_seeker_of_another_organisation(vacancies: Harness) -> None:
    te, oulu = vacancies.caller(TE), vacancies.caller(OULU)
    vacancy = await posted(oulu)
    others = await placed(oulu, vacancy, await profiled(te))
    nobody = await placed(oulu, vacancy, str(uuid4()))
    nowhere = await placed(oulu, {"id": str(uuid4())})
    assert {a.status_code for a in (others, nobody, nowhere)} == {404}
    assert others.content == nobody.content == nowhere.content


@pytest.mark.parametrize(
    ("more", "verdicts"),
    [
        ({"signed_by": [OULU]}, ["not_signed"]),
        ({"parties": [OULU]}, ["not_a_party"]),
        ({"valid_until": (clock.today() - timedelta(days=1)).isoformat()}, ["expired"]),
        ({"valid_from": (clock.today() + timedelta(days=1)).isoformat()}, ["not_yet_in_force"]),
    ],
)
async def test_a_placement_counts_for_no_pilot_that_is_closed(
    vacancies: Harness, more: dict[str, Any], verdicts: list[str]
) -> None:
    await agreed(vacancies, **more)
    te = vacancies.caller(TE)
    vacancy = await posted(te)
    refused = await placed(te, vacancy, pilot=PILOT)
    assert refused.status_code == 403
    assert refused.json()["reasons"] == [{"agreement": "oulu", "verdict": v} for v in verdicts]
    assert (await te.get(f"/vacancies/{vacancy['id']}")).json()["filled"] == 0


async def test_one_agreement_in_force_opens_a_pilot_that_another_closes(
    vacancies: Harness,
) -> None:
    await agreed(vacancies, "first", signed_by=[])
    await agreed(vacancies, "second")
    te = vacancies.caller(TE)
    assert (await placed(te, await posted(te), pilot=PILOT)).status_code == 201


async def test_a_signature_opens_a_pilot_that_the_draft_did_not(vacancies: Harness) -> None:
    await agreed(vacancies, signed_by=[])
    te = vacancies.caller(TE)
    vacancy = await posted(te)
    assert (await placed(te, vacancy, pilot=PILOT)).status_code == 403
    await agreed(vacancies)
    assert (await placed(te, vacancy, pilot=PILOT)).status_code == 201


async def test_an_unknown_pilot_is_refused_with_the_one_that_was_meant(vacancies: Harness) -> None:
    await agreed(vacancies)
    te = vacancies.caller(TE)
    refused = await placed(te, await posted(te), pilot="ict-recruiting")
    assert (refused.status_code, refused.json()["suggestions"]) == (422, [PILOT])
