"""An officer decides: the rules only suggest."""

from typing import Any

import pytest
from httpx import Response
from kit.testing import Harness


def problem(answer: Response) -> tuple[int, str]:
    """Give an answer's status, and the kind of problem that it tells."""
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


async def test_an_officer_confirms_one_suggestion_and_overrides_another(te: Any) -> None:
    path = await te.completed(home=3, work=5, health=9)
    assert [s["need"] for s in (await te.sees(path))["suggestions"]] == ["housing", "job_search"]
    override = {"decision": "override", "replaced_by": "skills", "reason": "Opinnot kesken"}
    confirmed = await te.decides(path, "housing", decision="confirm")
    overridden = await te.decides(path, "job_search", **override)
    assert (confirmed.status_code, overridden.status_code) == (201, 201)
    seen = await te.sees(path)
    assert [(s["need"], s["decision"]) for s in seen["suggestions"]] == [
        ("housing", "confirm"),
        ("job_search", "override"),
    ]
    assert [(d["need"], d["replaced_by"], d["officer"]) for d in seen["decisions"]] == [
        ("housing", None, "officer"),
        ("job_search", "skills", "officer"),
    ]


async def test_each_step_says_one_fact_without_answers_or_reasons(
    te: Any, assessments: Harness
) -> None:
    path = await te.completed(home=3, work=5)
    await te.decides(path, "housing", decision="confirm")
    await te.decides(path, "job_search", decision="override", reason="Muu syy")
    await te.decides(path, "family", decision="confirm", reason="Keskustelu")
    seen = await te.sees(path)
    about = {
        "assessment_id": seen["id"],
        "client_id": seen["client_id"],
        "organisation": te.organisation,
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


async def test_another_organisation_reads_no_fact_of_it(te: Any, assessments: Harness) -> None:
    await te.completed(home=3)
    theirs = (await assessments.caller("oulu").get("/events")).json()
    assert [fact["type"] for fact in theirs] == ["assessments.instrument.published.v1"]
    assert len((await te.calls().get("/events")).json()) == 4


async def test_nothing_is_decided_before_completion(te: Any) -> None:
    refused = await te.decides(await te.started(), "housing", decision="confirm")
    assert problem(refused) == (409, "illegal-step")
    assert refused.json()["legal"] == ["answer", "complete"]


async def test_a_need_is_decided_once(te: Any) -> None:
    path = await te.completed(home=3, work=5, skills=2)
    override = {"decision": "override", "reason": "Perhe"}
    await te.decides(path, "housing", decision="confirm")
    await te.decides(path, "job_search", **override, replaced_by="family")
    for need, word in (
        ("housing", {"decision": "confirm"}),
        ("housing", override),
        ("family", {"decision": "confirm", "reason": "Perhe"}),
        ("skills", override | {"replaced_by": "housing"}),
    ):
        refused = await te.decides(path, need, **word)
        assert problem(refused) == (409, "already-decided")
    assert refused.json()["decided"] == ["housing", "job_search", "family"]


OVERRIDE = {"decision": "override", "reason": "Muu syy"}


@pytest.mark.parametrize(
    ("need", "word", "expected"),
    [
        ("housing", {"decision": "override"}, (422, "field-missing")),
        ("housing", OVERRIDE | {"reason": "  "}, (422, "invalid-request")),
        ("housing", OVERRIDE | {"replaced_by": "skils"}, (422, "unknown-code")),
        ("housing", OVERRIDE | {"replaced_by": "housing"}, (422, "invalid-request")),
        ("family", OVERRIDE, (409, "not-suggested")),
        ("family", {"decision": "confirm"}, (422, "field-missing")),
        ("houses", {"decision": "confirm"}, (422, "unknown-code")),
        ("housing", {"decision": "confirm", "replaced_by": "skills"}, (422, "invalid-request")),
        ("housing", {"decision": "maybe"}, (422, "invalid-request")),
    ],
)
async def test_a_decision_that_lacks_something_is_refused_and_changes_nothing(
    te: Any, need: str, word: dict[str, str], expected: tuple[int, str]
) -> None:
    path = await te.completed(home=3)
    before = await te.sees(path)
    assert problem(await te.decides(path, need, **word)) == expected
    assert await te.sees(path) == before


async def test_a_machine_names_the_officer_that_it_acts_for(te: Any, assessments: Harness) -> None:
    path = await te.completed(home=3)
    machine = assessments.caller(te.organisation, subject="case-system", Officer="virkailija-17")
    body = {"need": "housing", "decision": "confirm"}
    answer = await machine.post(f"{path}/decisions", json=body)
    assert answer.json()["decisions"][0]["officer"] == "virkailija-17"
