"""From a client to decided needs, over HTTP on a real database."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from kit.testing import Harness

TE, OULU = "te-pohjois-pohjanmaa", "oulu"


async def a_client(service: Harness, organisation: str = TE) -> str:
    """Let the service hear of a client."""
    client = str(uuid4())
    await service.hear(
        "referrals.client.registered.v1",
        f"clients/{client}",
        client_id=client,
        organisation=organisation,
        kind="anonymous",
    )
    return client


async def started(service: Harness, te: AsyncClient) -> dict[str, Any]:
    """Begin an assessment of a new client."""
    body = {"client_id": await a_client(service), "instrument": "elamantilanne"}
    answer = await te.post("/assessments", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["etag"] == '"1"'
    return dict(answer.json())


async def answered(te: AsyncClient, assessment: dict[str, Any], **marks: int | None) -> Response:
    """Take answers down at the revision that is there."""
    path = f"/assessments/{assessment['id']}"
    tag = (await te.get(path)).headers["etag"]
    return await te.put(f"{path}/answers", json={"answers": marks}, headers={"If-Match": tag})


async def completed(service: Harness, te: AsyncClient, **marks: int) -> dict[str, Any]:
    """Complete an assessment with some answers."""
    assessment = await started(service, te)
    tag = (await answered(te, assessment, **marks)).headers["etag"]
    path = f"/assessments/{assessment['id']}/completion"
    answer = await te.post(path, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def decide(te: AsyncClient, assessment: dict[str, Any], need: str, **word: str) -> Response:
    """Decide on a need."""
    path = f"/assessments/{assessment['id']}/decisions"
    return await te.post(path, json={"need": need, **word})


def problem(answer: Response) -> tuple[int, str]:
    """Give an answer's status, and the kind of problem that it tells."""
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


async def test_an_assessment_goes_from_answers_over_suggestions_to_decisions(
    assessments: Harness,
) -> None:
    te = assessments.caller(TE)
    assessment = await completed(assessments, te, home=3, work=5, health=9)
    assert [s["need"] for s in assessment["suggestions"]] == ["housing", "job_search"]
    confirmed = await decide(te, assessment, "housing", decision="confirm")
    overridden = await decide(
        te, assessment, "job_search", decision="override", replaced_by="skills", reason="Opinnot"
    )
    assert (confirmed.status_code, overridden.status_code) == (201, 201)
    seen = (await te.get(f"/assessments/{assessment['id']}")).json()
    assert [(s["need"], s["decision"]) for s in seen["suggestions"]] == [
        ("housing", "confirm"),
        ("job_search", "override"),
    ]
    assert [(d["need"], d["replaced_by"], d["officer"]) for d in seen["decisions"]] == [
        ("housing", None, "officer"),
        ("job_search", "skills", "officer"),
    ]


async def test_each_step_says_one_fact_without_answers_or_reasons(assessments: Harness) -> None:
    te = assessments.caller(TE)
    assessment = await completed(assessments, te, home=3, work=5)
    await decide(te, assessment, "housing", decision="confirm")
    await decide(te, assessment, "job_search", decision="override", reason="Muu syy")
    await decide(te, assessment, "family", decision="confirm", reason="Keskustelu")
    about = {
        "assessment_id": assessment["id"],
        "client_id": assessment["client_id"],
        "organisation": TE,
        "instrument": "elamantilanne",
        "version": 1,
    }
    said = [e for e in await assessments.said() if e["subject"].startswith("assessments/")]
    assert [(e["type"].split(".")[2], e["sequence"], e["data"]) for e in said] == [
        ("started", "1", about),
        ("answered", "2", about),
        ("completed", "3", about | {"suggested": ["housing", "job_search"]}),
        ("need_confirmed", "4", about | {"need": "housing", "rules": "needs@1"}),
        ("need_overridden", "5", about | {"need": "job_search", "replaced_by": None}),
        ("need_confirmed", "6", about | {"need": "family", "rules": None}),
    ]


async def test_answers_are_shown_by_band_and_never_added_up(assessments: Harness) -> None:
    te = assessments.caller(TE, **{"Accept-Language": "sv"})
    assessment = await started(assessments, te)
    shown = (await answered(te, assessment, health=5, mood=6, home=8, money=0)).json()
    by_item = {a["item"]: (a["mark"], a["band"]) for a in shown["answers"]}
    assert by_item["health"] == (5, "low")
    assert by_item["mood"] == (6, "middle")
    assert by_item["home"] == (8, "high")
    assert by_item["money"] == (0, "low")
    assert by_item["work"] == (None, None)
    assert "total" not in shown
    assert shown["answers"][0]["name"] == {"text": "Hälsa", "language": "sv"}


async def test_answers_may_come_in_parts_and_be_taken_back(assessments: Harness) -> None:
    te = assessments.caller(TE)
    assessment = await started(assessments, te)
    await answered(te, assessment, health=5, mood=6)
    shown = (await answered(te, assessment, mood=None, home=8)).json()
    marks = {a["item"]: a["mark"] for a in shown["answers"] if a["mark"] is not None}
    assert marks == {"health": 5, "home": 8}


async def test_the_same_answers_again_are_one_more_revision(assessments: Harness) -> None:
    te = assessments.caller(TE)
    assessment = await started(assessments, te)
    await answered(te, assessment, health=5)
    assert (await answered(te, assessment, health=5)).headers["etag"] == '"3"'
    assert (await answered(te, assessment)).headers["etag"] == '"4"'


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("fi", "Asunto ei sovi asiakkaalle tai asuminen on epävarmaa."),
        ("sv", "Bostaden passar inte klienten eller boendet är otryggt."),
        ("en", "The home does not suit the client, or housing is not secure."),
    ],
)
async def test_a_suggestion_explains_itself_in_the_askers_language(
    assessments: Harness, language: str, reason: str
) -> None:
    te = assessments.caller(TE, **{"Accept-Language": language})
    (suggestion,) = (await completed(assessments, te, home=3))["suggestions"]
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


async def test_nothing_answered_suggests_nothing(assessments: Harness) -> None:
    te = assessments.caller(TE)
    assessment = await started(assessments, te)
    path = f"/assessments/{assessment['id']}/completion"
    done = await te.post(path, headers={"If-Match": '"1"'})
    assert (done.json()["status"], done.json()["suggestions"]) == ("completed", [])


async def test_an_unknown_item_is_refused_with_those_that_may_be_meant(
    assessments: Harness,
) -> None:
    te = assessments.caller(TE)
    refused = await answered(te, await started(assessments, te), helth=3)
    assert problem(refused) == (422, "unknown-code")
    assert refused.json()["pointer"] == "/body/answers"
    assert "health" in refused.json()["suggestions"]


@pytest.mark.parametrize("mark", [-1, 11, "7", 6.5, True])
async def test_a_mark_is_a_whole_number_from_0_to_10(assessments: Harness, mark: Any) -> None:
    te = assessments.caller(TE)
    refused = await answered(te, await started(assessments, te), health=mark)
    assert problem(refused) == (422, "invalid-request")


async def test_a_completed_assessment_takes_no_answers_and_is_not_completed_twice(
    assessments: Harness,
) -> None:
    te = assessments.caller(TE)
    assessment = await completed(assessments, te, home=3)
    refused = await answered(te, assessment, home=9)
    assert problem(refused) == (409, "illegal-step")
    assert refused.json()["legal"] == ["decide"]
    path = f"/assessments/{assessment['id']}/completion"
    again = await te.post(path, headers={"If-Match": '"3"'})
    assert problem(again) == (409, "illegal-step")


async def test_nothing_is_decided_before_completion(assessments: Harness) -> None:
    te = assessments.caller(TE)
    refused = await decide(te, await started(assessments, te), "housing", decision="confirm")
    assert problem(refused) == (409, "illegal-step")
    assert refused.json()["legal"] == ["answer", "complete"]


async def test_a_need_is_decided_once(assessments: Harness) -> None:
    te = assessments.caller(TE)
    assessment = await completed(assessments, te, home=3, work=5, skills=2)
    await decide(te, assessment, "housing", decision="confirm")
    await decide(
        te, assessment, "job_search", decision="override", replaced_by="family", reason="Perhe"
    )
    for need, word in (
        ("housing", {"decision": "confirm"}),
        ("housing", {"decision": "override", "reason": "Muu"}),
        ("family", {"decision": "confirm", "reason": "Perhe"}),
        ("skills", {"decision": "override", "replaced_by": "housing", "reason": "Muu"}),
    ):
        refused = await decide(te, assessment, need, **word)
        assert problem(refused) == (409, "already-decided")
    assert refused.json()["decided"] == ["housing", "job_search", "family"]


@pytest.mark.parametrize(
    ("need", "word", "expected"),
    [
        ("housing", {"decision": "override"}, (422, "field-missing")),
        ("housing", {"decision": "override", "reason": "  "}, (422, "invalid-request")),
        ("family", {"decision": "confirm"}, (422, "field-missing")),
        ("family", {"decision": "override", "reason": "Muu"}, (409, "not-suggested")),
        ("houses", {"decision": "confirm"}, (422, "unknown-code")),
        (
            "housing",
            {"decision": "override", "reason": "Muu", "replaced_by": "skils"},
            (422, "unknown-code"),
        ),
        (
            "housing",
            {"decision": "override", "reason": "Muu", "replaced_by": "housing"},
            (422, "invalid-request"),
        ),
        ("housing", {"decision": "confirm", "replaced_by": "skills"}, (422, "invalid-request")),
        ("housing", {"decision": "maybe"}, (422, "invalid-request")),
    ],
)
async def test_a_decision_that_lacks_something_is_refused_and_changes_nothing(
    assessments: Harness, need: str, word: dict[str, str], expected: tuple[int, str]
) -> None:
    te = assessments.caller(TE)
    assessment = await completed(assessments, te, home=3)
    assert problem(await decide(te, assessment, need, **word)) == expected
    assert (await te.get(f"/assessments/{assessment['id']}")).json() == assessment


async def test_a_machine_names_the_officer_that_it_acts_for(assessments: Harness) -> None:
    machine = assessments.caller(TE, subject="case-system", Officer="virkailija-17")
    assessment = await completed(assessments, machine, home=3)
    answer = await decide(machine, assessment, "housing", decision="confirm")
    assert answer.json()["decisions"][0]["officer"] == "virkailija-17"


async def test_a_client_of_another_organisation_is_like_one_that_is_not_there(
    assessments: Harness,
) -> None:
    te = assessments.caller(TE)
    for client in (await a_client(assessments, OULU), str(uuid4())):
        body = {"client_id": client, "instrument": "elamantilanne"}
        assert problem(await te.post("/assessments", json=body)) == (404, "not-found")


async def test_an_assessment_of_another_organisation_is_like_one_that_is_not_there(
    assessments: Harness,
) -> None:
    te, oulu = assessments.caller(TE), assessments.caller(OULU)
    assessment = await completed(assessments, te, home=3)
    for found in (assessment["id"], str(uuid4())):
        path = f"/assessments/{found}"
        tag = {"If-Match": '"3"'}
        for answer in (
            await oulu.get(path),
            await oulu.put(f"{path}/answers", json={"answers": {}}, headers=tag),
            await oulu.post(f"{path}/completion", headers=tag),
            await decide(oulu, {"id": found}, "housing", decision="confirm"),
        ):
            assert problem(answer) == (404, "not-found")
    assert (await oulu.get("/assessments")).json()["items"] == []


async def test_only_the_organisation_itself_reads_the_facts_of_its_assessments(
    assessments: Harness,
) -> None:
    await completed(assessments, assessments.caller(TE), home=3)
    theirs = (await assessments.caller(OULU).get("/events")).json()
    ours = (await assessments.caller(TE).get("/events")).json()
    assert [e["type"] for e in theirs] == ["assessments.instrument.published.v1"]
    assert len(ours) == 4


async def test_a_change_needs_the_revision_that_was_last_seen(assessments: Harness) -> None:
    te = assessments.caller(TE)
    assessment = await started(assessments, te)
    path = f"/assessments/{assessment['id']}"
    blind = await te.put(f"{path}/answers", json={"answers": {"home": 3}})
    assert problem(blind) == (428, "if-match-missing")
    assert problem(await te.post(f"{path}/completion")) == (428, "if-match-missing")
    await answered(te, assessment, home=3)
    stale = await te.post(f"{path}/completion", headers={"If-Match": '"1"'})
    assert problem(stale) == (412, "stale")


async def test_assessments_are_listed_by_client_a_page_at_a_time(assessments: Harness) -> None:
    te = assessments.caller(TE)
    client = await a_client(assessments)
    body = {"client_id": client, "instrument": "elamantilanne"}
    made = [(await te.post("/assessments", json=body)).json()["id"] for _ in range(3)]
    await started(assessments, te)
    first = (await te.get("/assessments", params={"client_id": client, "limit": 2})).json()
    query = {"client_id": client, "limit": 2, "after": first["next"]}
    rest = (await te.get("/assessments", params=query)).json()
    assert [a["id"] for a in first["items"] + rest["items"]] == made
    assert rest["next"] is None
    assert len((await te.get("/assessments?status=started")).json()["items"]) == 4


async def test_a_client_that_is_heard_of_twice_is_kept_once(assessments: Harness) -> None:
    client = str(uuid4())
    for _ in range(2):
        await assessments.hear(
            "referrals.client.registered.v1",
            f"clients/{client}",
            client_id=client,
            organisation=TE,
            kind="identified",
        )
    body = {"client_id": client, "instrument": "elamantilanne"}
    assert (await assessments.caller(TE).post("/assessments", json=body)).status_code == 201
