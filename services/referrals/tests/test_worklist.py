"""Worklists, what a decline leads to, and referrals that double others."""

from datetime import timedelta
from typing import Any

from kit import clock
from kit.testing import Harness

from .builders import OFFERING, OTHER, OULU, TE, VISIT, drafted, given, offered, sent, step, walked

OUTCOME = ("report_outcome", {"outcome": "need_met"})


async def work(service: Harness, organisation: str, role: str = "sender") -> list[Any]:
    """Read a worklist: which referral, and why."""
    answer = await service.caller(organisation).get("/worklist", params={"role": role})
    assert answer.status_code == 200, answer.text
    return [(item["referral_id"], item["why"]) for item in answer.json()["items"]]


async def test_each_step_puts_the_referral_where_somebody_must_act(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    draft = await drafted(te, {"offering": OFFERING})
    assert await work(referrals, TE) == [(draft["id"], "draft")]
    assert await work(referrals, OULU, "recipient") == []
    await step(te, draft, "send", legal_basis="statute")
    ways: list[tuple[Any, str | None, str | None]] = [
        ("acknowledge", None, "decide"),
        (("ask_information", {"note": "?"}), "answer", None),
        (("answer", {"note": "!"}), None, "decide"),
        ("accept", None, "begin"),
        (("schedule", {"visit": VISIT}), None, "visit"),
        ("no_show", None, "reschedule"),
        ("request_cancel", None, "cancel_answer"),
        (OUTCOME, "confirm", None),
        ("dispute", None, "disputed"),
        (("settle", {"reason": "outcome_stands"}), None, None),
    ]
    assert await work(referrals, OULU, "recipient") == [(draft["id"], "new")]
    for each, senders, recipients in ways:
        await walked(te, oulu, draft, each)
        wanted = [[(draft["id"], why)] if why else [] for why in (senders, recipients)]
        found = [await work(referrals, TE), await work(referrals, OULU, "recipient")]
        assert found == wanted, each


async def test_what_presses_comes_first_then_the_urgent_then_what_is_due_first(
    referrals: Harness,
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    routine = await sent(te)
    later = clock.now() + timedelta(days=5)
    await referrals.service.timers.catch_up(later)  # its term of decision is over
    waits = await sent(te)
    urgent = await sent(te, urgent=True)
    assert await work(referrals, OULU, "recipient") == [
        (routine["id"], "decision_overdue"), (urgent["id"], "new"), (waits["id"], "new"),
    ]  # fmt: skip
    counts = await referrals.caller(OULU).get("/worklist/counts", params={"role": "recipient"})
    assert {item["why"]: item["count"] for item in counts.json()["items"]} == {
        "decision_overdue": 1, "new": 2,
    }  # fmt: skip


async def test_what_comes_back_stays_until_its_sender_takes_it_off(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), ("decline", {"reason": "no_capacity"}))
    assert await work(referrals, TE) == [(referral["id"], "declined")]
    assert (await oulu.delete(f"/worklist/{referral['id']}")).status_code == 404
    assert (await te.delete(f"/worklist/{referral['id']}")).status_code == 200
    assert await work(referrals, TE) == []
    assert (await te.delete(f"/worklist/{referral['id']}")).status_code == 404


async def test_what_nobody_answers_is_the_coordinators_without_the_clients_need(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), "accept", "request_cancel")
    await referrals.service.timers.catch_up(clock.now() + timedelta(days=9))
    seen = (await referrals.caller(OULU, "partners:coordinate").get("/worklist/escalated")).json()
    assert [(i["referral_id"], i["why"], i["need"]) for i in seen["items"]] == [
        (referral["id"], "escalated", None)
    ]
    stranger = referrals.caller(OTHER, "partners:coordinate")
    assert (await stranger.get("/worklist/escalated")).json()["items"] == []
    assert (await te.get("/worklist/escalated")).status_code == 403


async def test_a_decline_leads_to_what_answers_the_same_need_with_room_and_is_allowed(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    same = {"needs": ["career_guidance"], "audience": {"age_to": 29}}
    await offered(referrals, 2, "roomy", **same)
    await offered(referrals, 5, "roomier", **same)
    await offered(referrals, 0, "full", **same)
    await offered(referrals, 5, "paused", status="paused", **same)
    await offered(referrals, 5, "other-need", needs=["housing"])
    await offered(referrals, 5, "not-allowed", **{**same, "organisation": OTHER})
    referral = await walked(te, oulu, await sent(te), ("decline", {"reason": "no_capacity"}))
    shown = (await te.get(f"/referrals/{referral['id']}")).json()["alternatives"]
    assert [(a["offering"], a["free"], a["clause"]) for a in shown] == [
        ("roomier", 5, "client-referral"), ("roomy", 2, "client-referral"),
    ]  # fmt: skip
    assert shown[0]["audience"] == {"age_to": 29}
    assert (await oulu.get(f"/referrals/{referral['id']}")).json()["alternatives"] == []


async def test_an_open_referral_of_the_same_client_to_the_same_offering_is_shown_before_another(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    first = await sent(te)
    draft = (await te.post("/referrals", json={"client_id": first["client_id"]})).json()
    to = {"offering": OFFERING}
    again = await te.put(f"/referrals/{draft['id']}", json=to, headers={"If-Match": '"1"'})
    assert again.json()["duplicates"] == [first["id"]]
    await walked(te, oulu, first, "withdraw")
    assert (await te.get(f"/referrals/{draft['id']}")).json()["duplicates"] == []
