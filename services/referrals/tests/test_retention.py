"""What is kept no longer than its period says, with the time set forward."""

from datetime import date, datetime, timedelta
from typing import Any

from kit import clock
from kit.testing import Harness
from referrals.domain.retention import periods

from .builders import OULU, TE, given, sent
from .test_clients import rows
from .test_erasure import a_client, with_a_referral


def in_years(years: float) -> datetime:
    """Give a moment to come."""
    return clock.now() + timedelta(days=365.25 * years)


async def shown(service: Harness, organisation: str = TE) -> dict[str, Any]:
    """Read the periods, with what an organisation may see beside them."""
    answer = await service.caller(organisation).get("/retention")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_each_class_of_data_has_a_period_and_a_law(referrals: Harness) -> None:
    told = await shown(referrals)
    assert {period["data"] for period in told["periods"]} == {p.data for p in periods()}
    assert all(period["law"] for period in told["periods"])
    assert (told["looked_at"], told["last_purge"]) == (None, None)


async def test_messages_go_first_and_the_record_when_its_time_is_over(referrals: Harness) -> None:
    client = await with_a_referral(referrals, "statute")
    te = referrals.caller(TE)
    await referrals.look_at_the_clock(in_years(1.9))
    assert len(await rows(referrals, "SELECT 1 FROM message")) == 1
    await referrals.look_at_the_clock(in_years(2.1))
    assert await rows(referrals, "SELECT 1 FROM message") == []
    assert (await te.get(f"/clients/{client['id']}")).json()["name"] is not None
    await referrals.look_at_the_clock(in_years(4.9))
    assert (await te.get(f"/clients/{client['id']}")).json()["name"] is not None
    await referrals.look_at_the_clock(in_years(5.1))
    assert (await te.get(f"/clients/{client['id']}")).json()["name"] is None
    facts = await referrals.said("referrals.retention.purged.v1")
    assert [fact["data"]["purged"] for fact in facts] == [{"messages": 1}, {"client_record": 2}]
    assert client["id"] not in str(facts)
    erasures = await referrals.said("referrals.client.erased.v1")
    assert {erasure["data"]["ground"] for erasure in erasures} == {"retention_over"}


async def test_what_is_open_is_never_purged(referrals: Harness) -> None:
    await given(referrals, days=9_000)
    te = referrals.caller(TE)
    client = await a_client(te)
    draft = {"client_id": client["id"], "need": "skills"}
    assert (await te.post("/referrals", json=draft)).status_code == 201
    await referrals.look_at_the_clock(in_years(20))
    assert (await te.get(f"/clients/{client['id']}")).json()["name"] is not None


async def test_a_client_who_is_being_assessed_is_alive(referrals: Harness) -> None:
    te = referrals.caller(TE)
    client = await a_client(te)
    moved = "UPDATE client SET active_at = active_at - interval '6 years'"
    await rows(referrals, moved)
    about = {"client_id": client["id"], "organisation": TE}
    await referrals.hear("assessments.assessment.answered.v1", "assessments/1", **about)
    await referrals.look_at_the_clock(clock.now())
    assert (await te.get(f"/clients/{client['id']}")).json()["name"] is not None
    await rows(referrals, moved)
    await referrals.look_at_the_clock(clock.now() + timedelta(days=2))
    assert (await te.get(f"/clients/{client['id']}")).json()["name"] is None


async def test_it_says_what_was_purged_and_what_is_due_to_each_its_own(referrals: Harness) -> None:
    for who in (TE, TE, OULU):
        await referrals.caller(who).post("/clients", json={})
    due = {p["data"]: p["due_next"] for p in (await shown(referrals))["periods"]}
    assert date.fromisoformat(due["client_record"]) > clock.day_of(in_years(4.9))
    assert due["messages"] is None
    await referrals.look_at_the_clock(in_years(5.1))
    told = {who: (await shown(referrals, who))["last_purge"]["purged"] for who in (TE, OULU)}
    assert told == {TE: {"client_record": 2}, OULU: {"client_record": 1}}
    assert (await shown(referrals))["looked_at"] is not None
    facts = await referrals.caller(OULU).get("/events", params={"limit": 1000})
    purged = [f["data"] for f in facts.json() if f["type"] == "referrals.retention.purged.v1"]
    assert [fact["organisation"] for fact in purged] == [OULU]


async def test_it_is_looked_once_a_day(referrals: Harness) -> None:
    await referrals.look_at_the_clock(in_years(5.1))
    te = referrals.caller(TE)
    await te.post("/clients", json={})
    await referrals.look_at_the_clock(in_years(5.1) + timedelta(hours=23))
    assert await referrals.said("referrals.client.erased.v1") == []
    await referrals.look_at_the_clock(in_years(5.1) + timedelta(hours=25))
    assert len(await referrals.said("referrals.client.erased.v1")) == 1


async def test_many_go_in_batches_at_one_look(referrals: Harness) -> None:
    te = referrals.caller(TE)
    for _ in range(60):
        await te.post("/clients", json={})
    await referrals.look_at_the_clock(in_years(5.1))
    facts = await referrals.said("referrals.retention.purged.v1")
    assert [fact["data"]["purged"]["client_record"] for fact in facts] == [50, 10]


async def test_a_referral_that_waits_for_a_word_is_open(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    client = await a_client(te)
    referral = await sent(te, "consent", client_id=client["id"])
    await rows(
        referrals,
        "UPDATE referral SET status = 'completed', loop = 'disputed' WHERE id = :id",
        id=referral["id"],
    )
    await rows(referrals, "DELETE FROM deadline")
    await referrals.look_at_the_clock(in_years(20))
    assert (await te.get(f"/clients/{client['id']}")).json()["name"] is not None
