"""The closed loop of a referral, over HTTP on a real database."""

from uuid import uuid4

import pytest
from kit.testing import Harness

from .builders import OFFERING, OTHER, OULU, TE, drafted, given, sent, step


async def test_a_referral_goes_from_draft_to_a_confirmed_outcome(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te)
    for who, name, more in (
        (oulu, "accept", {}),
        (oulu, "start", {}),
        (oulu, "report_outcome", {"outcome": "need_met"}),
        (te, "confirm", {}),
    ):
        answer = await step(who, referral, name, **more)
        assert answer.status_code == 200, answer.text
    closed = answer.json()
    assert (closed["status"], closed["loop"]) == ("completed", "confirmed")
    assert [h["step"] for h in answer.json()["history"]] == [
        "draft", "address", "send", "accept", "start", "report_outcome", "confirm",
    ]  # fmt: skip
    said = [e["type"].split(".")[1:3] for e in await referrals.said()]
    assert ["seats", "taken"] in said
    assert ["seats", "freed"] in said


async def test_a_seat_is_never_promised_twice(referrals: Harness) -> None:
    await given(referrals, seats=1)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    first, second = await sent(te), await sent(te)
    assert (await step(oulu, first, "accept")).status_code == 200
    refused = await step(oulu, second, "accept")
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/problems/no-seat")


async def test_a_draft_does_not_exist_for_its_recipient(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await drafted(te, {"offering": OFFERING})
    seen = await oulu.get(f"/referrals/{referral['id']}")
    nothing = await oulu.get(f"/referrals/{uuid4()}")
    assert (seen.status_code, seen.content) == (404, nothing.content)
    assert (await oulu.get("/referrals?box=received")).json()["items"] == []


async def test_a_referral_to_no_party_of_the_agreement_is_refused_with_reasons(
    referrals: Harness,
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await drafted(te, {"recipient": OTHER})
    refused = await step(te, referral, "send", legal_basis="statute")
    assert refused.status_code == 403
    assert refused.json()["reasons"] == [
        {"agreement": "oulu", "version": 1, "clause": None, "verdict": "receiver_not_a_party"}
    ]


async def test_an_agreement_that_not_all_have_signed_opens_no_door(referrals: Harness) -> None:
    await given(referrals, signed_by=(TE,))
    te = referrals.caller(TE)
    referral = await drafted(te, {"offering": OFFERING})
    refused = await step(te, referral, "send", legal_basis="statute")
    assert refused.json()["reasons"][0]["verdict"] == "not_signed"


async def test_an_illegal_step_names_the_legal_ones(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await sent(te)
    refused = await step(te, referral, "confirm")
    legal = ["withdraw", "withdraw_consent", "entered_in_error"]
    assert (refused.status_code, refused.json()["legal"]) == (409, legal)


async def test_a_confirmed_need_becomes_one_draft_however_often_it_is_heard(
    referrals: Harness,
) -> None:
    te = referrals.caller(TE)
    client = (await te.post("/clients", json={})).json()["id"]
    assessment = str(uuid4())
    fact = await referrals.hear(
        "assessments.assessment.need_confirmed.v1",
        f"assessments/{assessment}",
        assessment_id=assessment,
        client_id=client,
        organisation=TE,
        need="career_guidance",
    )
    await referrals.receive(fact)
    drafts = (await te.get("/referrals?box=sent&status=draft")).json()["items"]
    assert [d["need"] for d in drafts] == ["career_guidance"]


async def test_an_overridden_need_becomes_a_draft_only_for_what_replaces_it(
    referrals: Harness,
) -> None:
    te = referrals.caller(TE)
    client = (await te.post("/clients", json={})).json()["id"]
    for replaced_by in (None, "skills"):
        await referrals.hear(
            "assessments.assessment.need_overridden.v1",
            "assessments/1",
            assessment_id=str(uuid4()),
            client_id=client,
            organisation=TE,
            need="finances",
            replaced_by=replaced_by,
        )
    drafts = (await te.get("/referrals?box=sent&status=draft")).json()["items"]
    assert [d["need"] for d in drafts] == ["skills"]


@pytest.mark.parametrize("code", ["131052-9037", "131052-308T"])
async def test_a_client_is_found_by_identity_code_and_never_shown_with_it(
    referrals: Harness, code: str
) -> None:
    te = referrals.caller(TE)
    made = await te.post("/clients", json={"identity_code": code})
    if code == "131052-9037":  # not its check character
        assert made.json()["type"].endswith("not-an-identity-code")
        return
    found = await te.post("/clients/search", json={"identity_code": code})
    assert [c["id"] for c in found.json()["items"]] == [made.json()["id"]]
    assert code not in made.text + found.text
    others = referrals.caller(OULU)
    assert (await others.post("/clients/search", json={"identity_code": code})).json()[
        "items"
    ] == []


async def test_the_same_key_gives_the_same_answer_and_one_effect(referrals: Harness) -> None:
    te = referrals.caller(TE)
    key = {"Idempotency-Key": "one"}
    first = await te.post("/clients", json={}, headers=key)
    again = await te.post("/clients", json={}, headers=key)
    other = await te.post("/clients", json={"identity_code": None}, headers=key)
    assert first.content == again.content
    assert other.status_code == 422
    assert len(await referrals.said("referrals.client.registered.v1")) == 1
