"""What agreements permit, and what a version would: asked over HTTP on a real database."""

from datetime import timedelta
from typing import Any

import pytest
from kit import clock
from kit.testing import Harness
from kit.testing.passing import noon
from sqlalchemy import text

CODE = "sopimus"
PATH = f"/agreements/{CODE}"
OULU, KELA, TE, COUNCIL = "oulu", "kela-pohjoinen", "te-pohjois-pohjanmaa", "pohjois-pohjanmaa"
CLAUSE = {
    "code": "referral", "purpose": "client_referral", "data_classes": ["situation"],
    "from": "all", "to": ["kind:city"],
}  # fmt: skip
THEME = {"code": "ohjaamo", "name": {"fi": "Ohjaamo"}, "lead": OULU}
ASKED = {"from": TE, "to": OULU, "purpose": "client_referral", "data_class": "situation"}


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


async def move(service: Harness, path: str, body: Any, by: str = OULU) -> dict[str, Any]:
    who = service.caller(by, "partners:read", "partners:write", "partners:coordinate")
    tag = (await who.get(PATH)).headers["etag"]
    answer = await who.post(f"{PATH}/{path}", json=body, headers={"If-Match": tag})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def drafted(service: Harness, **changes: Any) -> None:
    body = {
        "code": CODE, "name": {"fi": "Sopimus"}, "parties": [OULU, KELA, TE], "themes": [THEME],
        "sharing": [CLAUSE], "valid_from": day(0), "valid_until": day(300), **changes,
    }  # fmt: skip
    coordinator = service.caller(OULU, "partners:coordinate")
    made = await coordinator.post("/agreements", json=body)
    assert made.status_code == 201, made.text


async def in_force(service: Harness, **changes: Any) -> None:
    await drafted(service, **changes)
    await move(service, "steps", {"step": "propose"})
    for party in (OULU, KELA, TE):
        await move(service, "signatures", {}, party)
    await service.look_at_the_clock(clock.now())


async def decide(service: Harness, language: str = "en", **changes: Any) -> dict[str, Any]:
    asker = service.caller(KELA, **{"Accept-Language": language})
    answer = await asker.post("/sharing/decisions", json={**ASKED, **changes})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def rehearse(service: Harness, **body: Any) -> dict[str, Any]:
    answer = await service.caller(KELA).post(f"{PATH}/rehearsals", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_decision_cites_clause_and_version_in_the_caller_s_language(
    partners: Harness,
) -> None:
    await in_force(partners)
    allowed = await decide(partners)
    assert allowed["decision"] == "allow"
    assert allowed["reasons"] == [
        {
            "agreement": CODE, "version": 1, "clause": "referral", "verdict": "permitted",
            "text": "The clause permits the exchange.",
        }
    ]  # fmt: skip
    denied = await decide(partners, "fi", data_class="health", to=KELA)
    assert denied["decision"] == "deny"
    assert [r["verdict"] for r in denied["reasons"]] == [
        "other_organisations", "data_class_not_covered",
    ]  # fmt: skip
    assert denied["reasons"][1]["text"] == "Ehto ei kata näitä tietoja."


async def test_no_agreement_at_all_means_no(partners: Harness) -> None:
    assert await decide(partners) == {"decision": "deny", "at": day(0), "reasons": []}


async def test_the_doors_close_with_the_term_and_open_by_version(partners: Harness) -> None:
    await in_force(partners)
    other = {"effective_on": day(10), "sharing": []}
    await move(partners, "amendments", other)
    await move(partners, "steps", {"step": "propose"})
    for party in (OULU, KELA, TE):
        await move(partners, "signatures", {}, party)
    for at, decision, version in ((-1, "deny", 1), (9, "allow", 1), (10, "deny", 2)):
        found = await decide(partners, at=day(at))
        assert (found["decision"], found["reasons"][0]["version"]) == (decision, version)
    assert {r["verdict"] for r in (await decide(partners, at=day(301)))["reasons"]} == {
        "expired", "shares_nothing",
    }  # fmt: skip


async def test_a_clause_may_be_for_a_theme_and_a_period_alone(partners: Harness) -> None:
    clause = CLAUSE | {"theme": "ohjaamo", "first_day": day(5), "last_day": day(6)}
    await in_force(partners, sharing=[clause])
    assert (await decide(partners, theme="ohjaamo", at=day(5)))["decision"] == "allow"
    found = await decide(partners)
    assert [r["verdict"] for r in found["reasons"]] == ["other_theme", "outside_period"]


@pytest.mark.parametrize(
    ("changes", "pointer", "suggestion"),
    [
        ({"from": "ouluu"}, "/body/from", "oulu"),
        ({"to": "kela-pohjonen"}, "/body/to", "kela-pohjoinen"),
        ({"theme": "ohjaaamo"}, "/body/theme", "ohjaamo"),
    ],
)
async def test_an_unknown_code_is_refused_with_suggestions(
    partners: Harness, changes: dict[str, str], pointer: str, suggestion: str
) -> None:
    await drafted(partners)
    refused = await partners.caller(KELA).post("/sharing/decisions", json=ASKED | changes)
    assert (refused.status_code, refused.json()["pointer"]) == (422, pointer)
    assert refused.json()["suggestions"][:1] == [suggestion]


@pytest.mark.parametrize(
    ("clause", "pointer"),
    [
        (CLAUSE | {"to": ["kind:citty"]}, "/body/sharing/0/to"),
        (CLAUSE | {"theme": "ohjaaamo"}, "/body/sharing/0/theme"),
    ],
)
async def test_a_clause_names_known_kinds_and_the_agreement_s_themes(
    partners: Harness, clause: dict[str, Any], pointer: str
) -> None:
    body = {
        "code": CODE, "name": {"fi": "Sopimus"}, "parties": [OULU, KELA], "themes": [THEME],
        "sharing": [clause], "valid_from": day(0), "valid_until": day(300),
    }  # fmt: skip
    coordinator = partners.caller(OULU, "partners:coordinate")
    refused = await coordinator.post("/agreements", json=body)
    assert (refused.status_code, refused.json()["pointer"]) == (422, pointer)


async def test_a_rehearsal_of_a_draft_tells_what_it_would_open(partners: Harness) -> None:
    await drafted(partners)
    found = await rehearse(partners, exchanges=[ASKED, {**ASKED, "data_class": "health"}])
    assert (found["version"], found["closes"], found["stay_open"], found["stay_closed"]) == (
        1, [], 0, 1,
    )  # fmt: skip
    (opens,) = found["opens"]
    assert {name: opens[name] for name in ASKED} == ASKED
    assert [r["verdict"] for r in opens["before"]] == ["not_signed"]
    assert [r["clause"] for r in opens["after"]] == ["referral"]


async def test_a_rehearsal_of_an_amendment_tells_what_opens_and_what_closes(
    partners: Harness,
) -> None:
    await in_force(partners)
    narrower = CLAUSE | {"data_classes": ["plan"]}
    await move(partners, "amendments", {"effective_on": day(10), "sharing": [narrower]})
    plan = {**ASKED, "data_class": "plan"}
    past, soon, later = ({"at": day(n)} for n in (-5, 3, 20))
    exchanges = [{**each, **at} for each in (ASKED, plan) for at in (past, soon, later)]
    found = await rehearse(partners, exchanges=exchanges)
    # What is past is judged on the first day; what is planned before it stays as it is.
    assert [(e["data_class"], e["judged_on"]) for e in found["opens"]] == [
        ("plan", day(10)), ("plan", day(20)),
    ]  # fmt: skip
    assert [(e["data_class"], e["judged_on"]) for e in found["closes"]] == [
        ("situation", day(10)), ("situation", day(20)),
    ]  # fmt: skip
    assert (found["stay_open"], found["stay_closed"]) == (1, 1)
    assert (await decide(partners, at=day(20)))["decision"] == "allow"  # nothing has changed


async def test_the_exchanges_asked_about_lately_are_rehearsed_with_how_often(
    partners: Harness,
) -> None:
    await in_force(partners)
    for _ in range(3):
        await decide(partners)
    await decide(partners, data_class="health")
    await move(partners, "amendments", {"effective_on": day(10), "sharing": []})
    found = await rehearse(partners)
    assert [(e["data_class"], e["times"]) for e in found["closes"]] == [("situation", 3)]
    assert found["stay_closed"] == 1


async def test_what_was_asked_is_forgotten_after_thirty_days_and_names_nobody(
    partners: Harness,
) -> None:
    await drafted(partners)
    await decide(partners)
    rows = text("SELECT * FROM exchange_asked")
    async with partners.service.worker.begin() as tx:
        (row,) = (await tx.execute(rows)).mappings()
    assert set(row) == {
        "asked_on", "giver", "receiver", "purpose", "data_class", "theme", "times",
    }  # fmt: skip
    for days, left in ((30, 1), (31, 0)):
        await partners.look_at_the_clock(noon(days))
        async with partners.service.worker.begin() as tx:
            assert len((await tx.execute(rows)).all()) == left


async def test_only_what_is_being_prepared_is_rehearsed(partners: Harness) -> None:
    await in_force(partners)
    refused = await partners.caller(KELA).post(f"{PATH}/rehearsals", json={"exchanges": []})
    assert (refused.status_code, refused.json()["open_version"]) == (409, None)
    both = {"exchanges": [], "last_days": 3}
    assert (await partners.caller(KELA).post(f"{PATH}/rehearsals", json=both)).status_code == 422
