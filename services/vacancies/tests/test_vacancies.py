"""Publishing, finding and withdrawing vacancies, over HTTP on a real database."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from kit import clock
from kit.testing import Harness

from .builders import EMPLOYER, OULU, PYTHON, SOFTWARE, SQL, TE, WEB, a_posting, posted

PATH = f"/vacancies/{EMPLOYER}/1"


async def kinds(service: Harness) -> list[str]:
    """Give the kinds of the facts that were said."""
    return [fact["type"].split(".")[2] for fact in await service.said()]


async def test_the_same_posting_twice_is_one_vacancy_and_one_fact(vacancies: Harness) -> None:
    oulu = vacancies.caller(OULU)
    skills = [{"uri": PYTHON, "required": True}, {"uri": SQL, "required": False}]
    first = await oulu.put(PATH, json=a_posting(skills=skills))
    again = await oulu.put(PATH, json=a_posting(skills=skills[::-1]))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.headers["etag"] == again.headers["etag"] == '"1"'
    [fact] = await vacancies.said()
    assert fact["type"] == "vacancies.vacancy.published.v1"
    assert fact["subject"] == f"vacancies/{first.json()['id']}"
    assert fact["data"] == {
        "vacancy_id": first.json()["id"],
        "publisher": OULU,
        "employer": EMPLOYER,
        "occupations": [SOFTWARE],
        "skills": sorted([PYTHON, SQL]),
        "municipality": "564",
        "openings": 1,
        "filled": 0,
        "status": "open",
    }


async def test_another_posting_changes_the_vacancy(vacancies: Harness) -> None:
    oulu = vacancies.caller(OULU)
    before = await posted(oulu)
    after = await posted(oulu, openings=3)
    assert (after["id"], after["revision"], after["posting"]["openings"]) == (before["id"], 2, 3)
    assert await kinds(vacancies) == ["published", "changed"]


async def test_two_who_publish_the_same_at_once_make_one_vacancy(vacancies: Harness) -> None:
    oulu = vacancies.caller(OULU)
    answers = await asyncio.gather(*(oulu.put(PATH, json=a_posting()) for _ in range(4)))
    assert sorted(a.status_code for a in answers) == [200, 200, 200, 201]
    assert await kinds(vacancies) == ["published"]


async def test_a_vacancy_is_withdrawn_once_and_may_be_published_again(vacancies: Harness) -> None:
    oulu, te = vacancies.caller(OULU), vacancies.caller(TE)
    made = await posted(oulu)
    assert (await oulu.delete(PATH)).status_code == 204
    assert (await oulu.delete(PATH)).status_code == 204
    assert (await te.get("/vacancies")).json()["items"] == []
    assert (await te.get(f"/vacancies/{made['id']}")).status_code == 404
    assert (await oulu.get(f"/vacancies/{made['id']}")).json()["status"] == "withdrawn"
    again = await oulu.put(PATH, json=a_posting())
    assert (again.status_code, again.json()["id"]) == (201, made["id"])
    assert (again.json()["status"], again.json()["withdrawn_at"]) == ("open", None)
    assert await kinds(vacancies) == ["published", "withdrawn", "published"]


async def test_another_organisation_neither_changes_nor_withdraws_it(vacancies: Harness) -> None:
    oulu, te = vacancies.caller(OULU), vacancies.caller(TE)
    made = await posted(oulu)
    refused = await te.put(PATH, json=a_posting(openings=9))
    assert refused.status_code == 403
    assert refused.json()["type"].endswith("/problems/another-publisher")
    others, nothing = await te.delete(PATH), await te.delete(f"/vacancies/{EMPLOYER}/2")
    assert (others.status_code, others.content) == (404, nothing.content)
    assert (await te.get(f"/vacancies/{made['id']}")).json() == made
    assert await kinds(vacancies) == ["published"]


async def test_an_invalid_business_id_is_refused_and_one_without_hyphen_is_the_same(
    vacancies: Harness,
) -> None:
    oulu = vacancies.caller(OULU)
    refused = await oulu.put("/vacancies/0187690-2/1", json=a_posting())
    assert (refused.status_code, refused.json()["pointer"]) == (422, "/path/business_id")
    assert "0187690-2" not in refused.text
    made = await posted(oulu)
    same = await oulu.put("/vacancies/01876901/1", json=a_posting())
    assert (same.status_code, same.json()["id"]) == (200, made["id"])


@pytest.mark.parametrize(
    ("wrong", "pointer", "meant"),
    [
        ({"occupations": [WEB, "Software Developer"]}, "/body/occupations/1", SOFTWARE),
        ({"skills": [{"uri": "Python"}]}, "/body/skills/0/uri", PYTHON),
        ({"municipality": "Oulu"}, "/body/municipality", "564"),
        ({"languages": [{"code": "Finnish", "level": "B2"}]}, "/body/languages/0/code", "fi"),
        ({"licences": ["driving-cb"]}, "/body/licences/0", "driving-b"),
    ],
)
async def test_a_name_instead_of_a_code_is_refused_with_the_code(
    vacancies: Harness, wrong: dict[str, Any], pointer: str, meant: str
) -> None:
    refused = await vacancies.caller(OULU).put(PATH, json=a_posting(**wrong))
    problem = refused.json()
    assert (refused.status_code, problem["pointer"]) == (422, pointer)
    assert meant in problem["suggestions"]
    assert problem["names"][meant]["fi"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"openings": 0},
        {"skills": [{"uri": SQL}, {"uri": SQL, "required": False}]},
        {"deadline": (clock.today() + timedelta(days=60)).isoformat()},
        {"occupations": []},
        {"salary": 5000},
    ],
)
async def test_a_posting_that_contradicts_itself_is_refused(
    vacancies: Harness, wrong: dict[str, Any]
) -> None:
    refused = await vacancies.caller(OULU).put(PATH, json=a_posting(**wrong))
    assert refused.status_code == 422
    assert refused.json()["errors"]


async def listed(who: AsyncClient, **query: Any) -> list[str]:
    """Give the external ids of a list."""
    answer = await who.get("/vacancies", params=query)
    assert answer.status_code == 200, answer.text
    return [item["external_id"] for item in answer.json()["items"]]


async def test_vacancies_are_found_by_words_of_three_languages(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    await posted(te, "fi", title={"fi": "Testaajia pelistudioon"})
    await posted(te, "sv", title={"fi": "x", "sv": "Programmerare med erfarenhet"})
    await posted(te, "en", title={"fi": "x", "en": "Managing our databases"})
    await posted(te, "name", title={"fi": "x"}, employer_name="Esimerkki Oy")
    assert await listed(te, q="testaaja") == ["fi"]
    assert await listed(te, q="programmerarna") == ["sv"]
    assert await listed(te, q="database sailing") == []
    assert await listed(te, q="database managed") == ["en"]
    assert await listed(te, q="Esimerkki") == ["name"]
    assert await listed(te, q="building") == ["fi", "sv", "en", "name"]


async def test_vacancies_are_narrowed_by_codes(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    await posted(te, "1", skills=[{"uri": SQL}])
    await posted(te, "2", occupations=[WEB, SOFTWARE])
    await posted(te, "3", municipality="244")
    assert await listed(te, occupation=WEB) == ["2"]
    assert await listed(te, occupation=SOFTWARE) == ["1", "2", "3"]
    assert await listed(te, municipality="244") == ["3"]
    assert await listed(te, skill=SQL) == ["1"]
    assert await listed(te, skill=SQL, municipality="244") == []


async def test_an_unknown_code_in_a_filter_is_an_error_and_no_empty_list(
    vacancies: Harness,
) -> None:
    te = vacancies.caller(TE)
    for name, meant, code in (("skill", "python", PYTHON), ("municipality", "Kempele", "244")):
        refused = await te.get("/vacancies", params={name: meant})
        assert (refused.status_code, refused.json()["pointer"]) == (422, f"/query/{name}")
        assert refused.json()["suggestions"][0] == code
    refused = await te.get("/vacancies", params={"occupations": SOFTWARE})
    assert refused.json()["suggestions"] == ["occupation"]


async def test_an_expired_vacancy_is_listed_no_more(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    today = clock.today()
    await posted(te, "today", expires=today.isoformat())
    await posted(te, "yesterday", expires=(today - timedelta(days=1)).isoformat())
    assert await listed(te) == ["today"]


async def test_a_list_comes_in_pages(vacancies: Harness) -> None:
    te = vacancies.caller(TE)
    for number in range(5):
        await posted(te, str(number))
    first = (await te.get("/vacancies", params={"limit": 3})).json()
    rest = (await te.get("/vacancies", params={"limit": 3, "after": first["next"]})).json()
    assert [v["external_id"] for v in first["items"] + rest["items"]] == ["0", "1", "2", "3", "4"]
    assert rest["next"] is None


async def test_a_vacancy_that_is_not_there_is_not_found(vacancies: Harness) -> None:
    assert (await vacancies.caller(TE).get(f"/vacancies/{uuid4()}")).status_code == 404


async def test_who_may_only_read_does_not_publish(vacancies: Harness) -> None:
    reader = vacancies.caller(OULU, "vacancies:read")
    assert (await reader.put(PATH, json=a_posting())).status_code == 403
    assert (await reader.delete(PATH)).status_code == 403
