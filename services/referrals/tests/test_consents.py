"""Consents: recorded, seen by their own, withdrawn at once, and received by each recipient."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from kit import clock
from kit.testing import Harness

from .builders import OFFERING, OTHER, OULU, TE, consented, drafted, given, sent, step, walked

OUTCOME = ("report_outcome", {"outcome": "need_met"})
ORALLY = {"manner": "orally"}


async def only_consent(te: AsyncClient, client_id: str) -> dict[str, Any]:
    """Read a client's one consent."""
    (consent,) = (await te.get(f"/clients/{client_id}/consents")).json()["items"]
    return dict(consent)


async def withdrawn(te: AsyncClient, consent: dict[str, Any]) -> dict[str, Any]:
    """Take a consent back."""
    path = f"/clients/{consent['client_id']}/consents/{consent['id']}/withdrawals"
    answer = await te.post(path, json=ORALLY)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_consent_says_its_scope_and_who_recorded_it_when(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE, Officer="virkailija-1")
    client = (await te.post("/clients", json={})).json()["id"]
    said = await consented(te, client, valid_until="2027-01-31", recipients=[OULU, OTHER, OULU])
    seen = await only_consent(te, client)
    assert seen == said
    assert seen["recipients"] == [OULU, OTHER]
    assert (seen["officer"], seen["manner"]) == ("virkailija-1", "orally")
    assert (seen["withdrawn_at"], seen["receipts"]) == (None, [])
    (fact,) = await referrals.said("referrals.consent.given.v1")
    assert fact["data"]["consent_id"] == said["id"]
    assert "officer" not in fact["data"]


async def test_consents_are_seen_and_touched_by_whose_client_it_is_alone(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te, "consent")
    consent = await only_consent(te, referral["client_id"])
    path = f"/clients/{referral['client_id']}/consents"
    assert (await oulu.get(path)).status_code == 404
    body = {key: consent[key] for key in ("classes", "recipients", "purposes", "manner")}
    body["given_at"] = consent["given_at"]
    assert (await oulu.post(path, json=body)).status_code == 404
    refused = await oulu.post(f"{path}/{consent['id']}/withdrawals", json=ORALLY)
    assert refused.status_code == 404
    another = (await te.post("/clients", json={})).json()["id"]
    wrong = f"/clients/{another}/consents/{consent['id']}/withdrawals"
    assert (await te.post(wrong, json=ORALLY)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"given_at": "2999-01-01T00:00:00Z"}, "/body/given_at"),
        ({"valid_until": "2020-01-01"}, "/body/valid_until"),
        ({"recipients": ["ouli"]}, "/body/recipients/0"),
    ],
)
async def test_a_consent_of_the_future_of_the_past_or_to_nobody_is_refused(
    referrals: Harness, changes: dict[str, Any], pointer: str
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    client = (await te.post("/clients", json={})).json()["id"]
    body = {
        "classes": ["situation"], "recipients": [OULU], "purposes": ["client_referral"],
        "manner": "orally", "given_at": (clock.now() - timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    refused = await te.post(f"/clients/{client}/consents", json=body | changes)
    assert (refused.status_code, refused.json()["pointer"]) == (422, pointer)


async def test_withdrawing_ends_all_that_rests_on_it_at_once_and_nothing_else(
    referrals: Harness,
) -> None:
    await given(referrals, seats=5)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    accepted = await walked(te, oulu, await sent(te, "consent"), "accept")
    client_id = accepted["client_id"]
    consent = await only_consent(te, client_id)
    others: dict[str, dict[str, Any]] = {}
    for name, basis in (("taken", "consent"), ("done", "consent"), ("law", "statute")):
        draft = await te.post("/referrals", json={"client_id": client_id, "need": "job_search"})
        path = f"/referrals/{draft.json()['id']}"
        await te.put(path, json={"offering": OFFERING}, headers={"If-Match": '"1"'})
        assert (await step(te, draft.json(), "send", legal_basis=basis)).status_code == 200
        others[name] = await walked(te, oulu, draft.json(), "accept")
    await walked(te, oulu, others["done"], OUTCOME)
    taken = (await te.get(f"/offerings/{OFFERING}/seats")).json()["taken"]

    answer = await withdrawn(te, consent)

    assert answer["receipts"] == [{"recipient": OULU, "received_at": None}]
    stands = {
        name: (await oulu.get(f"/referrals/{one['id']}")).json()
        for name, one in ({"accepted": accepted} | others).items()
    }
    assert {name: (s["status"], s["phase"]) for name, s in stands.items()} == {
        "accepted": ("cancelled", "consent_withdrawn"),
        "taken": ("cancelled", "consent_withdrawn"),
        "done": ("completed", "frozen"),
        "law": ("accepted", None),
    }
    assert {name: s["need"] for name, s in stands.items()} == {
        "accepted": None, "taken": None, "done": None, "law": "job_search"
    }  # fmt: skip
    assert stands["taken"]["eligibility"] is None
    assert (await te.get(f"/offerings/{OFFERING}/seats")).json()["taken"] == taken - 2
    assert len(await referrals.said("referrals.consent.withdrawn.v1")) == 1
    assert len(await referrals.said("referrals.referral.consent_withdrawn.v1")) == 3
    again = await te.post(f"/clients/{client_id}/consents/{consent['id']}/withdrawals", json=ORALLY)
    assert again.json()["type"].endswith("/problems/already-withdrawn")


async def test_a_receipt_is_outstanding_until_the_recipient_gives_it(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te, "consent")
    receipts = f"/referrals/{referral['id']}/receipts"
    early = await oulu.post(receipts)
    assert early.json()["type"].endswith("/problems/nothing-to-receive")
    await withdrawn(te, await only_consent(te, referral["client_id"]))
    work = (await oulu.get("/worklist?role=recipient")).json()["items"]
    assert [(row["referral_id"], row["why"], row["need"]) for row in work] == [
        (referral["id"], "consent_withdrawn", None)
    ]
    assert (await te.post(receipts)).json()["type"].endswith("/problems/not-your-step")
    assert (await referrals.caller(OTHER).post(receipts)).status_code == 404
    for _ in range(2):
        assert (await oulu.post(receipts)).status_code == 200
    assert (await oulu.get("/worklist?role=recipient")).json()["items"] == []
    (receipt,) = (await only_consent(te, referral["client_id"]))["receipts"]
    assert receipt["received_at"] is not None
    assert len(await referrals.said("referrals.referral.withdrawal_received.v1")) == 1


async def test_a_recipient_that_recorded_the_withdrawal_itself_owes_no_receipt(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te, "consent")
    assert (await step(oulu, referral, "withdraw_consent")).status_code == 200
    assert (await oulu.get("/worklist?role=recipient")).json()["items"] == []
    (receipt,) = (await only_consent(te, referral["client_id"]))["receipts"]
    assert receipt["received_at"] is not None


async def test_nothing_is_sent_on_a_consent_that_is_withdrawn_at_the_same_time(
    referrals: Harness,
) -> None:
    await given(referrals, seats=9)
    te = referrals.caller(TE)
    for _ in range(8):
        referral = await drafted(te, {"offering": OFFERING})
        consent = await consented(te, referral["client_id"])
        await asyncio.gather(
            step(te, referral, "send", consent_id=consent["id"]), withdrawn(te, consent)
        )
        seen = (await te.get(f"/referrals/{referral['id']}")).json()
        assert (seen["status"], seen["phase"]) in {
            ("draft", None), ("cancelled", "consent_withdrawn")
        }  # fmt: skip


async def test_a_pseudonymous_client_is_found_again_by_a_name_of_its_own_choice(
    referrals: Harness,
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    client = (await te.post("/clients", json={"pseudonym": "Sini  Lintu"})).json()
    assert (client["kind"], client["pseudonymous"]) == ("anonymous", True)
    found = (await te.post("/clients/search", json={"pseudonym": "sini lintu"})).json()["items"]
    assert [each["pseudonym"] for each in found] == ["Sini  Lintu"]
    again = await te.post("/clients", json={"pseudonym": "SINI LINTU"})
    assert again.json()["type"].endswith("/problems/already-registered")
    assert (
        await referrals.caller(OULU).post("/clients", json={"pseudonym": "sini lintu"})
    ).is_success
    both = {"pseudonym": "x y", "identity_code": "131052-9030"}
    assert (await te.post("/clients", json=both)).status_code == 422
    assert (await te.post("/clients/search", json={})).status_code == 422
    (fact, _) = await referrals.said("referrals.client.registered.v1")
    assert "Sini" not in str(fact)
