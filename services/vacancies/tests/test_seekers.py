"""Anonymous profiles, and the ranked, explained matches that they get."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from kit import clock
from kit.testing import Harness

from .builders import OULU, PYTHON, SOFTWARE, SQL, TE, URI, WEB, posted, profiled


async def matched(who: AsyncClient, seeker: str, **query: Any) -> dict[str, Any]:
    """Ask for a seeker's matches."""
    answer = await who.get(f"/seekers/{seeker}/matches", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_profile_belongs_to_who_keeps_it_and_its_fact_tells_nothing_of_it(
    vacancies: Harness,
) -> None:
    te, oulu = vacancies.caller(TE), vacancies.caller(OULU)
    seeker = await profiled(te, occupations=[SOFTWARE])
    [fact] = await vacancies.said()
    assert fact["data"] == {"seeker_id": seeker, "organisation": TE}
    shown = (await te.get(f"/seekers/{seeker}")).json()
    assert (shown["profile"]["occupations"], shown["profile"]["skills"]) == ([SOFTWARE], None)
    for path in ("", "/matches"):
        seen = await oulu.get(f"/seekers/{seeker}{path}")
        nothing = await oulu.get(f"/seekers/{uuid4()}{path}")
        assert (seen.status_code, seen.content) == (404, nothing.content)
    assert [e["type"] for e in (await oulu.get("/events")).json()] == []


@pytest.mark.parametrize("more", [{"name": "Nimi"}, {"identity_code": "131052-308T"}])
async def test_a_profile_has_no_name(vacancies: Harness, more: dict[str, str]) -> None:
    refused = await vacancies.caller(TE).post("/seekers", json=more)
    assert refused.status_code == 422
    assert not any(value in refused.text for value in more.values())


async def test_a_name_in_a_profile_is_refused_with_the_code(vacancies: Harness) -> None:
    refused = await vacancies.caller(TE).post("/seekers", json={"skills": [SQL, "Pyhton"]})
    assert (refused.status_code, refused.json()["pointer"]) == (422, "/body/skills/1")
    assert refused.json()["suggestions"][0] == PYTHON


async def test_matches_are_ranked_and_every_requirement_is_explained(vacancies: Harness) -> None:
    te, oulu = vacancies.caller(TE, **{"Accept-Language": "sv"}), vacancies.caller(OULU)
    await posted(oulu, "far", occupations=[URI["ICT help desk agent"]], municipality="305")
    await posted(oulu, "near", occupations=[WEB], municipality="244")
    wanted = [{"uri": PYTHON}, {"uri": SQL, "required": False}]
    await posted(oulu, "best", skills=wanted, languages=[{"code": "fi", "level": "B2"}])
    seeker = await profiled(
        te,
        occupations=[SOFTWARE],
        skills=[PYTHON],
        languages=[{"code": "fi", "level": "B1"}],
        municipality="564",
        willing_to=[],
    )
    answer = await te.get(f"/seekers/{seeker}/matches")
    assert answer.headers["content-language"] == "sv"
    best, near, far = answer.json()["items"]
    assert best["title"]["sv"] == "Programutvecklare"
    assert sorted((f["kind"], f["fit"], f["weight"]) for f in best["findings"]) == [
        ("language", "near", 3),
        ("occupation", "met", 4),
        ("place", "met", 2),
        ("skill", "met", 3),
        ("skill", "missing", 1),
        ("working_time", "unknown", 1),
    ]
    assert best["score"] == pytest.approx((4 + 3 + 1.5 + 2) / 13)
    assert best["coverage"] == pytest.approx(13 / 14)
    assert [f["fit"] for f in near["findings"]] == ["near", "near", "unknown"]
    assert [f["fit"] for f in far["findings"]] == ["missing", "missing", "unknown"]
    assert near["findings"][1]["text"] == (
        "Arbetsort: Kempele – nära: den sökandes hemkommun Uleåborg "
        "ligger i samma ekonomiska region."
    )


async def test_a_profile_that_tells_nothing_leaves_everything_to_ask(
    vacancies: Harness,
) -> None:
    te = vacancies.caller(TE)
    await posted(te)
    [match] = (await matched(te, await profiled(te)))["items"]
    assert (match["score"], match["coverage"], match["certain"]) == (None, 0, 0)
    assert {f["fit"] for f in match["findings"]} == {"unknown"}


async def test_only_what_can_still_be_applied_for_is_matched(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    await posted(te, "open", deadline=today.isoformat())
    await posted(te, "late", deadline=yesterday.isoformat())
    await posted(te, "expired", expires=yesterday.isoformat())
    filled = await posted(te, "filled")
    await posted(te, "withdrawn")
    await te.delete("/vacancies/0187690-1/withdrawn")
    seeker = await profiled(te)
    await te.post("/placements", json={"vacancy_id": filled["id"], "seeker_id": seeker})
    [match] = (await matched(te, seeker))["items"]
    assert match["deadline"] == today.isoformat()


async def test_matches_come_in_pages_that_miss_none_and_repeat_none(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    for number in range(5):
        await posted(te, str(number), occupations=[WEB if number % 2 else SOFTWARE])
    seeker = await profiled(te, occupations=[SOFTWARE])
    whole = (await matched(te, seeker))["items"]
    pages, after = [], {}
    for _ in range(3):
        page = await matched(te, seeker, limit=2, **after)
        pages += page["items"]
        after = {"after": page["next"]}
    assert pages == whole
    assert [m["certain"] for m in whole] == sorted((m["certain"] for m in whole), reverse=True)
    assert page["next"] is None


async def test_a_cursor_of_another_list_is_refused(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    for number in range(2):
        await posted(te, str(number))
    cursor = (await matched(te, await profiled(te), limit=1))["next"]
    other = await profiled(te)
    for bad in (cursor, "x"):
        refused = await te.get(f"/seekers/{other}/matches", params={"after": bad})
        assert (refused.status_code, refused.json()["type"].split("/")[-1]) == (422, "bad-cursor")
