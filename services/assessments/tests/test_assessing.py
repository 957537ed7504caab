"""Starting, answering and completing an assessment, over HTTP on a real database."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import Response
from kit.listen import forget
from kit.testing import Harness

OULU = "oulu"


def problem(answer: Response) -> tuple[int, str]:
    """Give an answer's status, and the kind of problem that it tells."""
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


async def test_answers_are_shown_by_band_and_never_added_up(te: Any) -> None:
    path = await te.started()
    await te.answers(path, health=5, mood=6, home=8, money=0)
    seen = await te.sees(path)
    by_item = {a["item"]: (a["mark"], a["band"]) for a in seen["answers"]}
    assert by_item["health"] == (5, "low")
    assert by_item["mood"] == (6, "middle")
    assert by_item["home"] == (8, "high")
    assert by_item["money"] == (0, "low")
    assert by_item["work"] == (None, None)
    assert "total" not in seen


async def test_answers_may_come_in_parts_and_be_taken_back(te: Any) -> None:
    path = await te.started()
    await te.answers(path, health=5, mood=6)
    shown = (await te.answers(path, mood=None, home=8)).json()
    marks = {a["item"]: a["mark"] for a in shown["answers"] if a["mark"] is not None}
    assert marks == {"health": 5, "home": 8}


async def test_the_same_answers_again_are_one_more_revision(te: Any) -> None:
    path = await te.started()
    await te.answers(path, health=5)
    assert (await te.answers(path, health=5)).headers["etag"] == '"3"'
    assert (await te.answers(path)).headers["etag"] == '"4"'


@pytest.mark.parametrize(
    ("language", "item", "reason"),
    [
        ("fi", "Asuminen", "Asunto ei sovi asiakkaalle tai asuminen on epävarmaa."),
        ("sv", "Boende", "Bostaden passar inte klienten eller boendet är otryggt."),
        ("en", "Home", "The home does not suit the client, or housing is not secure."),
    ],
)
async def test_a_suggestion_explains_itself_in_the_askers_language(
    te: Any, language: str, item: str, reason: str
) -> None:
    seen = await te.sees(await te.completed(home=3), **{"Accept-Language": language})
    (suggestion,) = seen["suggestions"]
    assert (suggestion["need"], suggestion["strength"]) == ("housing", "clear")
    assert suggestion["because"] == [
        {
            "rule": "home-low",
            "rules": "needs@1",
            "strength": "clear",
            "text": {"text": reason, "language": language},
            "inputs": [{"item": "home", "mark": 3, "band": "low"}],
        }
    ]
    names = {a["item"]: a["name"] for a in seen["answers"]}
    assert names["home"] == {"text": item, "language": language}


async def test_nothing_answered_suggests_nothing(te: Any) -> None:
    done = (await te.completes(await te.started())).json()
    assert (done["status"], done["suggestions"]) == ("completed", [])


async def test_an_unknown_item_is_refused_with_those_that_may_be_meant(te: Any) -> None:
    refused = await te.answers(await te.started(), helth=3)
    assert problem(refused) == (422, "unknown-code")
    assert refused.json()["pointer"] == "/body/answers"
    assert "health" in refused.json()["suggestions"]


@pytest.mark.parametrize("mark", [-1, 11, "7", 6.5, True])
async def test_a_mark_is_a_whole_number_from_0_to_10(te: Any, mark: Any) -> None:
    refused = await te.answers(await te.started(), health=mark)
    assert problem(refused) == (422, "invalid-request")


async def test_a_completed_assessment_takes_no_answers_and_is_not_completed_twice(te: Any) -> None:
    path = await te.completed(home=3)
    for refused in (await te.answers(path, home=9), await te.completes(path)):
        assert problem(refused) == (409, "illegal-step")
        assert refused.json()["legal"] == ["decide"]


async def test_a_change_needs_the_revision_that_was_last_seen(te: Any) -> None:
    path = await te.started()
    blind = await te.calls().put(f"{path}/answers", json={"answers": {"home": 3}})
    assert problem(blind) == (428, "if-match-missing")
    blind = await te.calls().post(f"{path}/completion")
    assert problem(blind) == (428, "if-match-missing")
    await te.answers(path, home=3)
    stale = await te.calls().post(f"{path}/completion", headers={"If-Match": '"1"'})
    assert problem(stale) == (412, "stale")


async def test_a_client_of_another_organisation_is_like_one_that_is_not_there(
    te: Any, assessments: Harness
) -> None:
    theirs = await te.client()
    oulu = assessments.caller(OULU)
    for client in (theirs, str(uuid4())):
        body = {"client_id": client, "instrument": "elamantilanne"}
        assert problem(await oulu.post("/assessments", json=body)) == (404, "not-found")


async def test_an_assessment_of_another_organisation_is_like_one_that_is_not_there(
    te: Any, assessments: Harness
) -> None:
    oulu, tag = assessments.caller(OULU), {"If-Match": '"3"'}
    for path in (await te.completed(home=3), f"/assessments/{uuid4()}"):
        for answer in (
            await oulu.get(path),
            await oulu.put(f"{path}/answers", json={"answers": {}}, headers=tag),
            await oulu.post(f"{path}/completion", headers=tag),
            await oulu.post(f"{path}/decisions", json={"need": "housing", "decision": "confirm"}),
        ):
            assert problem(answer) == (404, "not-found")
    assert (await oulu.get("/assessments")).json()["items"] == []


async def test_assessments_are_listed_by_client_a_page_at_a_time(te: Any) -> None:
    client = await te.client()
    made = [(await te.begins(client_id=client)).json()["id"] for _ in range(3)]
    await te.started()
    query = {"client_id": client, "limit": 2}
    first = (await te.calls().get("/assessments", params=query)).json()
    rest = await te.calls().get("/assessments", params=query | {"after": first["next"]})
    assert [a["id"] for a in first["items"] + rest.json()["items"]] == made
    assert rest.json()["next"] is None
    assert len((await te.calls().get("/assessments?status=started")).json()["items"]) == 4


async def test_a_replay_fills_the_copy_of_clients_again_and_leaves_assessments_alone(
    te: Any, assessments: Harness
) -> None:
    client = str(uuid4())
    about = {"client_id": client, "organisation": te.organisation, "kind": "anonymous"}
    fact = await assessments.hear("referrals.client.registered.v1", f"clients/{client}", **about)
    made = (await te.begins(client_id=client)).json()
    async with assessments.service.worker.begin() as tx:
        await forget(tx, assessments.service.inbox)
    assert problem(await te.begins(client_id=client)) == (404, "not-found")
    await assessments.receive(fact, fact)
    assert (await te.begins(client_id=client)).status_code == 201
    assert await te.sees(f"/assessments/{made['id']}") == made


async def test_a_client_that_passed_is_the_successors_to_assess(
    te: Any, assessments: Harness
) -> None:
    client = str(uuid4())
    about = {"client_id": client, "organisation": te.organisation, "kind": "anonymous"}
    fact = await assessments.hear("referrals.client.registered.v1", f"clients/{client}", **about)
    made = (await te.begins(client_id=client)).json()
    passed = {"client_id": client, "organisation": OULU, "giver": te.organisation}
    await assessments.hear("referrals.client.passed.v1", f"clients/{client}", **passed)
    await assessments.receive(fact)
    assert problem(await te.begins(client_id=client)) == (404, "not-found")
    successor = type(te)(assessments, OULU)
    assert (await successor.begins(client_id=client)).status_code == 201
    assert await te.sees(f"/assessments/{made['id']}") == made
