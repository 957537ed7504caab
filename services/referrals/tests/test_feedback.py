"""A client's word on a service: recorded once, by either end, also of who is anonymous."""

import orjson
import pytest
from kit.testing import Harness
from sqlalchemy import text

from .builders import OTHER, OULU, TE, drafted, given, sent, step, walked

OUTCOME = ("report_outcome", {"outcome": "need_met"})
SAID = {"helped": "partly", "text": "kanaria-palaute"}


@pytest.mark.parametrize("writer", [TE, OULU])
async def test_either_end_records_it_once_and_both_read_it(referrals: Harness, writer: str) -> None:
    await given(referrals, seats=3)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), "accept", OUTCOME)
    client = (await te.get(f"/clients/{referral['client_id']}")).json()
    assert client["kind"] == "anonymous"
    path = f"/referrals/{referral['id']}/feedback"
    answer = await referrals.caller(writer).post(path, json=SAID)
    assert answer.status_code == 201, answer.text
    for who in (te, oulu):
        told = (await who.get(path)).json()
        assert (told["helped"], told["text"], told["organisation"]) == (*SAID.values(), writer)
        assert (await who.post(path, json={"helped": "no"})).status_code == 409
    last = (await te.get(f"/referrals/{referral['id']}")).json()["history"][-1]
    assert (last["step"], last["role"], last["organisation"]) == ("feedback", "client", writer)
    other = referrals.caller(OTHER)
    assert (await other.get(path)).status_code == 404
    assert (await other.post(path, json=SAID)).status_code == 404


async def test_its_fact_has_the_code_and_none_of_the_words(referrals: Harness) -> None:
    await given(referrals, seats=3)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), "accept")
    await te.post(f"/referrals/{referral['id']}/feedback", json=SAID)
    async with referrals.service.worker.begin() as tx:
        facts = (await tx.execute(text("SELECT type, data::text FROM outbox"))).all()
        kept = (
            await tx.execute(text("SELECT to_jsonb(feedback)::text FROM feedback"))
        ).scalar_one()
    told = [orjson.loads(row.data) for row in facts if row.type.endswith("feedback_given.v1")]
    assert [fact["helped"] for fact in told] == ["partly"]
    everything = kept + "".join(row.data for row in facts)
    assert SAID["text"] not in everything
    assert SAID["text"].encode().hex() not in everything


async def test_of_what_was_never_accepted_there_is_none(referrals: Harness) -> None:
    await given(referrals, seats=3)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    draft = await drafted(te, {"recipient": OULU})
    declined = await walked(te, oulu, await sent(te), ("decline", {"reason": "no_capacity"}))
    for referral in (draft, declined):
        answer = await te.post(f"/referrals/{referral['id']}/feedback", json=SAID)
        assert answer.status_code == 409, answer.text
    path = f"/referrals/{draft['id']}/feedback"
    assert (await oulu.post(path, json=SAID)).status_code == 404
    assert (await te.post(path, json={"helped": "maybe"})).status_code == 422


async def test_once_it_is_over_the_recipient_may_write_it_and_reads_it_no_more(
    referrals: Harness,
) -> None:
    await given(referrals, seats=3)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    why = ("give_up", {"reason": "client_moved"})
    referral = await walked(te, oulu, await sent(te), "accept", why)
    path = f"/referrals/{referral['id']}/feedback"
    assert (await oulu.post(path, json=SAID)).status_code == 201
    assert (await oulu.get(path)).status_code == 404
    assert (await te.get(path)).json()["text"] == SAID["text"]


async def test_it_takes_nothing_off_a_worklist(referrals: Harness) -> None:
    await given(referrals, seats=3)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    why = ("give_up", {"reason": "client_moved"})
    referral = await walked(te, oulu, await sent(te), "accept", why)
    before = (await te.get("/worklist")).json()["items"]
    assert [row["why"] for row in before] == ["given_up"]
    await te.post(f"/referrals/{referral['id']}/feedback", json=SAID)
    assert (await te.get("/worklist")).json()["items"] == before
    assert (await step(te, referral, "accept")).status_code == 409
