"""Time: terms in Finnish working days, each firing once and a fact, whenever somebody looks."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from kit import clock
from kit.clock import HELSINKI
from kit.testing import Harness
from kit.workdays import Term, after_working_days, is_working_day
from referrals.domain.states import Timed
from referrals.domain.terms import TERMS
from sqlalchemy import text
from structlog.testing import capture_logs

from .builders import OFFERING, OTHER, OULU, TE, VISIT, agreed, given, sent, step, walked

OUTCOME = ("report_outcome", {"outcome": "need_met"})


async def later(service: Harness, **when: int) -> int:
    """Let time pass; say how much fell due."""
    return await service.service.timers.catch_up(clock.now() + timedelta(**when))


async def named(service: Harness) -> list[list[str]]:
    """Give the names of all facts in their order, in their parts."""
    return [fact["type"].split(".") for fact in await service.said()]


async def seen(who: Any, referral: dict[str, Any]) -> dict[str, Any]:
    """Read a referral."""
    return dict((await who.get(f"/referrals/{referral['id']}")).json())


async def after(service: Harness, referral: dict[str, Any]) -> int:
    """Do what falls due next in a referral, and only that; say how much it was."""
    due = (await seen(service.caller(TE), referral))["deadlines"]
    moment = min(datetime.fromisoformat(d["due_at"]) for d in due if d["paused_at"] is None)
    assert await service.service.timers.catch_up(moment - timedelta(seconds=1)) == 0
    return await service.service.timers.catch_up(moment)


def test_working_days_are_those_of_finland() -> None:
    assert not is_working_day(date(2026, 12, 25))
    assert not is_working_day(date(2026, 6, 19))  # juhannusaatto
    assert after_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
    christmas = datetime(2026, 12, 23, 22, 30, tzinfo=UTC)  # the 24th in Helsinki
    assert Term(1).ends(christmas) == datetime(2026, 12, 29, tzinfo=HELSINKI)
    assert Term(30, working=False).ends(christmas) == datetime(2027, 1, 24, tzinfo=HELSINKI)


def test_the_terms_are_those_that_were_agreed() -> None:
    days = {timed: (term.days, term.working) for timed, term in TERMS.items()}
    assert days[Timed.DECIDE], days[Timed.GRACE] == ((2, True), (2, True))
    assert days[Timed.DECIDE_URGENT] == (1, True)
    assert days[Timed.STALL], days[Timed.STALL_ESCALATE] == ((14, False), (7, False))


async def test_a_request_that_nobody_decides_comes_back_after_a_time_of_grace(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te)
    assert await after(referrals, referral) == 1
    assert (await seen(oulu, referral))["reminded_of"] == "decide"
    assert await after(referrals, referral) == 1
    back = await seen(te, referral)
    assert (back["status"], back["phase"], back["deadlines"]) == ("cancelled", "expired", [])
    assert back["history"][-1]["reason"] == "no_decision"
    kinds = [name[2] for name in await named(referrals) if name[1] != "disclosures"]
    assert kinds[-2:] == ["decision_overdue", "expired"]


async def test_an_urgent_request_is_decided_in_one_day(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    due = [(await sent(te, urgent=urgent))["deadlines"][0]["due_at"] for urgent in (True, False)]
    assert due[0] < due[1]


async def test_a_question_stops_the_clock_and_an_answer_starts_it(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), ("ask_information", {"note": "?"}))
    timed = {d["timed"]: d["paused_at"] for d in referral["deadlines"]}
    assert timed["information"] is None
    assert timed["decide"] is not None
    answered = await walked(te, oulu, referral, ("answer", {"note": "!"}))
    assert [(d["timed"], d["paused_at"]) for d in answered["deadlines"]] == [("decide", None)]


async def test_a_question_without_an_answer_lapses_and_the_decision_is_due_again(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), ("ask_information", {"note": "?"}))
    assert await after(referrals, referral) == 1
    shown = await seen(te, referral)
    assert (shown["phase"], shown["deadlines"][0]["timed"]) == ("seen", "decide")


@pytest.mark.parametrize(
    ("way", "facts", "end"),
    [
        (["accept"], ["stalled", "stall_escalated"], "stall_escalate"),
        (["accept", "request_cancel"], ["cancel_unanswered"], "cancel_answer"),
        (["accept", OUTCOME, "dispute"], ["dispute_overdue"], "settle"),
        (["waitlist"], ["check_in_due", "check_in_due"], "check_in"),
    ],
)
async def test_each_term_that_passes_is_a_fact_and_stands_in_the_referral(
    referrals: Harness, way: list[Any], facts: list[str], end: str
) -> None:
    await given(referrals, seats=0 if way == ["waitlist"] else 1)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), *way)
    for _ in facts:
        assert await after(referrals, referral) == 1
    kinds = [name[2] for name in await named(referrals) if name[1] != "disclosures"]
    assert kinds[-len(facts) :] == facts
    assert (await seen(oulu, referral))["reminded_of"] == end


async def test_an_outcome_that_nobody_confirms_is_unconfirmed_and_may_be_later(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), "accept", OUTCOME)
    assert await after(referrals, referral) == 1
    assert (await seen(te, referral))["loop"] == "unconfirmed"
    assert (await walked(te, oulu, referral, "confirm"))["loop"] == "confirmed"


async def test_a_sign_of_life_begins_the_time_of_stalling_anew(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), "accept")
    assert await after(referrals, referral) == 1
    moved = await walked(te, oulu, referral, ("schedule", {"visit": VISIT}))
    assert (moved["reminded_of"], moved["deadlines"][0]["timed"]) == (None, "stall")


async def test_each_thing_that_is_due_is_done_once_however_many_look(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    for _ in range(30):
        await sent(te)
    moment = clock.now() + timedelta(days=5)
    timers = referrals.service.timers
    with capture_logs() as logs:
        await asyncio.gather(*(timers.catch_up(moment) for _ in range(4)))
    assert [line for line in logs if line["event"] == "timer failed"] == []
    assert len(await referrals.said("referrals.referral.decision_overdue.v1")) == 30
    async with referrals.service.worker.begin() as tx:
        left = await tx.scalar(text("SELECT count(*) FROM deadline WHERE due_at <= now()"))
    assert left == 0


async def test_an_offerings_terms_go_before_an_agreements_and_those_before_all_others(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    coordinator = referrals.caller(OULU, "partners:coordinate")
    due = [(await sent(te))["deadlines"][0]["due_at"]]
    rule = {"terms": {"decide": 20}}
    assert (await coordinator.put("/agreements/oulu/terms", json=rule)).status_code == 200
    due.append((await sent(te))["deadlines"][0]["due_at"])
    own = {"terms": {"decide": 40}}
    shown = (await oulu.put(f"/offerings/{OFFERING}/terms", json=own)).json()["terms"]
    assert {t["timed"]: t["own"] for t in shown}["decide"] is True
    due.append((await sent(te))["deadlines"][0]["due_at"])
    assert due == sorted(set(due))
    assert (await te.put(f"/offerings/{OFFERING}/terms", json=own)).status_code == 404
    assert (await te.put("/agreements/oulu/terms", json=own)).status_code == 403
    stranger = referrals.caller(OTHER, "partners:coordinate")
    assert (await stranger.put("/agreements/oulu/terms", json=own)).status_code == 404


async def test_when_the_agreement_ends_what_waits_comes_back_and_what_was_accepted_goes_on(
    referrals: Harness,
) -> None:
    await given(referrals, seats=1, days=1)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    accepted = await walked(te, oulu, await sent(te), "accept")
    waiting = await walked(te, oulu, await sent(te), "waitlist")
    requested = await sent(te)
    assert await later(referrals, days=1) == 0  # its last day
    assert await later(referrals, days=2) >= 2
    for each in (waiting, requested):
        shown = await seen(te, each)
        assert (shown["status"], shown["history"][-1]["reason"]) == (
            "cancelled", "agreement_ended",
        )  # fmt: skip
    assert (await seen(te, accepted))["status"] == "accepted"
    assert (await walked(te, oulu, accepted, "start"))["status"] == "in-progress"


async def test_a_prolongation_keeps_the_door_open(referrals: Harness) -> None:
    await given(referrals, days=1)
    te = referrals.caller(TE)
    referral = await sent(te)
    await agreed(referrals, days=300)
    await later(referrals, days=2)
    assert (await seen(te, referral))["status"] == "requested"


async def test_another_agreement_that_permits_it_carries_it_on(referrals: Harness) -> None:
    await given(referrals, days=1)
    te = referrals.caller(TE)
    referral = await sent(te)
    await agreed(referrals, "renewal", days=300)
    assert await later(referrals, days=2) == 1
    shown = await seen(te, referral)
    assert (shown["status"], shown["agreement"]) == ("requested", "renewal")
    assert len(await referrals.said("referrals.referral.carried_on.v1")) == 1


async def test_when_a_party_leaves_what_waits_for_it_comes_back(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await sent(te)
    await agreed(referrals, parties=[TE, OTHER], signed_by=[TE, OTHER])
    assert await referrals.service.timers.catch_up() == 1
    assert (await seen(te, referral))["phase"] == "expired"
    assert (await step(te, referral, "send", legal_basis="statute")).status_code == 409
