"""Seats: one ledger for each offering, right under any concurrency, and a line that is seen."""

import asyncio
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import clock
from kit.testing import Harness

from . import builders
from .builders import OFFERING, OULU, TE, offered, sent, step, walked

SERIAL = count()
ACTS = st.sampled_from(["accept", "hold", "give_up", "report", "waitlist", "release"])


async def ledger(service: Harness, offering: str = OFFERING) -> dict[str, Any]:
    """Read a ledger."""
    answer = await service.caller(OULU).get(f"/offerings/{offering}/seats")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def soon(**when: int) -> dict[str, str]:
    """Give a hold's end."""
    return {"expires_at": (clock.now() + timedelta(**when)).isoformat()}


async def one(service: Harness, offering: str, act: str, referral: dict[str, Any] | None) -> None:
    """Do one thing, whatever comes of it."""
    oulu = service.caller(OULU)
    if act == "hold" or referral is None:
        answer = await oulu.post(f"/offerings/{offering}/holds", json=soon(hours=1))
    elif act == "release":
        held = (await oulu.get(f"/offerings/{offering}/holds")).json()["items"]
        if not held:
            return
        answer = await oulu.delete(f"/offerings/{offering}/holds/{held[0]['id']}")
    else:
        more = {"give_up": {"reason": "client_moved"}, "report": {"outcome": "need_met"}}
        name = "report_outcome" if act == "report" else act
        answer = await step(oulu, referral, name, **more.get(act, {}))
    assert answer.status_code in (200, 201, 409, 412), answer.text


@given(
    seats=st.integers(0, 3),
    rounds=st.lists(st.lists(st.tuples(ACTS, st.integers(0, 3)), max_size=6), max_size=3),
)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
async def test_the_ledger_is_right_whatever_is_done_at_once(
    referrals: Harness, seats: int, rounds: list[list[tuple[str, int]]]
) -> None:
    offering = f"offering-{next(SERIAL)}"
    if offering == "offering-0":
        await builders.given(referrals)
    await offered(referrals, seats, offering)
    te = referrals.caller(TE)
    all_of = [await sent(te, offering=offering) for _ in range(4)]
    for acts in rounds:
        await asyncio.gather(*(one(referrals, offering, a, all_of[n]) for a, n in acts))
        await referrals.service.timers.catch_up()
        shown = await ledger(referrals, offering)
        assert shown["taken"] + shown["held"] <= seats
        await must_add_up(referrals, offering, shown, all_of)
    said = [e["data"] for e in await referrals.said() if e["subject"] == f"seats/{offering}"]
    assert all(fact["taken"] + fact["held"] <= seats for fact in said)


async def must_add_up(
    service: Harness, offering: str, shown: dict[str, Any], all_of: list[dict[str, Any]]
) -> None:
    """The ledger counts what the referrals and the holds are."""
    te, oulu = service.caller(TE), service.caller(OULU)
    now = [(await te.get(f"/referrals/{each['id']}")).json() for each in all_of]
    holds = (await oulu.get(f"/offerings/{offering}/holds")).json()["items"]
    held = [each for each in holds if each["ended_at"] is None]
    offers = [each for each in now if each["phase"] == "offered"]
    assert shown["held"] == len(held) + len(offers)
    assert shown["taken"] == len([e for e in now if e["status"] in {"accepted", "in-progress"}])


async def test_of_many_who_want_the_last_seat_one_gets_it(referrals: Harness) -> None:
    await builders.given(referrals, seats=1)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    all_of = [await sent(te) for _ in range(6)]
    answers = await asyncio.gather(*(step(oulu, each, "accept") for each in all_of))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    assert (await ledger(referrals))["free"] == 0


async def test_a_maximum_lowered_below_what_is_taken_is_over_full_and_nobody_loses_a_seat(
    referrals: Harness,
) -> None:
    await builders.given(referrals, seats=2)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    first, second = [await walked(te, oulu, await sent(te), "accept") for _ in range(2)]
    third = await sent(te)
    await offered(referrals, 1)
    shown = await ledger(referrals)
    assert (shown["over_full"], shown["free"], shown["declaration"]) == (1, 0, 2)
    await walked(te, oulu, first, ("give_up", {"reason": "client_moved"}))
    assert (await step(oulu, third, "accept")).status_code == 409
    await walked(te, oulu, second, ("give_up", {"reason": "client_moved"}))
    assert (await step(oulu, third, "accept")).status_code == 200


async def test_what_is_taken_elsewhere_is_not_free_here(referrals: Harness) -> None:
    await builders.given(referrals, seats=2)
    await offered(referrals, 2, taken_elsewhere=2)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    assert (await step(oulu, await sent(te), "accept")).status_code == 409


async def test_a_hold_keeps_its_seat_until_it_runs_out(referrals: Harness) -> None:
    await builders.given(referrals, seats=1)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    assert (await te.post(f"/offerings/{OFFERING}/holds", json=soon(hours=1))).status_code == 404
    held = await oulu.post(f"/offerings/{OFFERING}/holds", json=soon(hours=1))
    assert held.status_code == 201, held.text
    referral = await sent(te)
    assert (await step(oulu, referral, "accept")).status_code == 409
    assert await referrals.service.timers.catch_up(clock.now() + timedelta(hours=2)) == 1
    assert (await step(oulu, referral, "accept")).status_code == 200


async def test_a_hold_ends_in_a_time_to_come(referrals: Harness) -> None:
    await builders.given(referrals)
    for when in ({"hours": -1}, {"days": 31}):
        oulu = referrals.caller(OULU)
        refused = await oulu.post(f"/offerings/{OFFERING}/holds", json=soon(**when))
        assert refused.json()["pointer"] == "/body/expires_at"


async def test_a_seat_that_is_freed_is_offered_to_the_first_in_line_and_nobody_passes(
    referrals: Harness,
) -> None:
    await builders.given(referrals, seats=1)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    inside = await walked(te, oulu, await sent(te), "accept")
    first = await walked(te, oulu, await sent(te), "waitlist")
    second = await walked(te, oulu, await sent(te), "waitlist")
    newcomer = await sent(te)
    await walked(te, oulu, inside, ("give_up", {"reason": "client_moved"}))
    refused = await step(oulu, newcomer, "accept")
    assert (refused.status_code, refused.json()["place"]) == (409, 3)
    assert await referrals.service.timers.catch_up() == 1
    seen = (await te.get(f"/referrals/{first['id']}")).json()
    assert (seen["phase"], seen["deadlines"][0]["timed"]) == ("offered", "offer")
    assert (await te.get(f"/referrals/{second['id']}")).json()["place_in_line"] == 1
    await walked(te, oulu, first, "leave")
    assert await referrals.service.timers.catch_up() == 1
    assert (await te.get(f"/referrals/{second['id']}")).json()["phase"] == "offered"
    assert (await te.get(f"/referrals/{first['id']}")).json()["place_in_line"] == 1
    assert (await ledger(referrals))["rule"]["fi"].startswith("Vapaa paikka tarjotaan")


async def test_an_offered_seat_that_nobody_takes_in_time_goes_to_the_next(
    referrals: Harness,
) -> None:
    await builders.given(referrals, seats=1)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    first = await walked(te, oulu, await sent(te), "waitlist")
    second = await walked(te, oulu, await sent(te), "waitlist")
    await referrals.service.timers.catch_up()
    late = clock.now() + timedelta(days=7)
    await referrals.service.timers.catch_up(late)
    assert len(await referrals.said("referrals.referral.offer_lapsed.v1")) == 1
    phases = [(await te.get(f"/referrals/{r['id']}")).json()["phase"] for r in (first, second)]
    assert phases == ["waitlisted", "offered"]


async def test_who_asks_today_gets_a_seat_at_once_where_one_is_left_for_all_who_wait(
    referrals: Harness,
) -> None:
    await builders.given(referrals, seats=1)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    waits = await walked(te, oulu, await sent(te), "waitlist")
    await offered(referrals, 2)  # and the clock has not looked yet
    await walked(te, oulu, await sent(te), "accept")
    assert (await step(oulu, await sent(te), "accept")).json()["place"] == 2
    await referrals.service.timers.catch_up()
    assert (await te.get(f"/referrals/{waits['id']}")).json()["phase"] == "offered"
