"""Steps over HTTP: who may, what they come with, and what they leave behind."""

from typing import Any

import pytest
from kit.testing import Harness

from .builders import OFFERING, OTHER, OULU, TE, VISIT, drafted, given, sent, step, walked

OUTCOME = ("report_outcome", {"outcome": "need_met"})
DECLINE = ("decline", {"reason": "no_capacity"})
PAUSE = ("pause", {"reason": "client_ill", "review_on": "2026-12-31"})

WAYS: list[tuple[list[Any], tuple[str, str | None, str]]] = [
    (["acknowledge", "accept"], ("accepted", None, "open")),
    ([("ask_information", {"note": "?"})], ("requested", "information_needed", "open")),
    (
        [("ask_information", {"note": "?"}), ("answer", {"note": "!", "by_client": True})],
        ("requested", "seen", "open"),
    ),
    (["waitlist", "offer", "take"], ("accepted", None, "open")),
    (["waitlist", "offer", "leave"], ("on-hold", "waitlisted", "open")),
    (["waitlist", DECLINE], ("rejected", None, "open")),
    (["accept", ("schedule", {"visit": VISIT})], ("in-progress", "scheduled", "open")),
    (["accept", ("schedule", {"visit": VISIT}), "no_show"], ("in-progress", "no_show", "open")),
    (
        ["accept", ("schedule", {"visit": VISIT}), "no_show", ("schedule", {"visit": VISIT}),
         "cancel_visit", ("schedule", {"visit": VISIT}), "hold_visit", OUTCOME],
        ("completed", None, "outcome_reported"),
    ),
    (["accept", PAUSE], ("on-hold", "paused", "open")),
    (["accept", PAUSE, "resume"], ("in-progress", None, "open")),
    (["accept", "request_cancel", "confirm_cancel"], ("cancelled", None, "open")),
    (
        ["accept", PAUSE, "request_cancel", ("refuse_cancel", {"reason": "duty_by_law"})],
        ("on-hold", "paused", "open"),
    ),
    (
        ["waitlist", "offer", "request_cancel", ("refuse_cancel", {"reason": "duty_by_law"})],
        ("on-hold", "waitlisted", "open"),
    ),
    (["accept", ("give_up", {"reason": "client_moved"})], ("cancelled", None, "open")),
    (
        ["accept", ("report_outcome", {"outcome": "discontinued"})],
        ("failed", None, "outcome_reported"),
    ),
    (["accept", OUTCOME, "confirm"], ("completed", None, "confirmed")),
    (
        ["accept", OUTCOME, "dispute", ("report_outcome", {"outcome": "discontinued"})],
        ("failed", None, "outcome_reported"),
    ),
    (
        ["accept", OUTCOME, "dispute", ("settle", {"reason": "outcome_stands"})],
        ("completed", None, "settled"),
    ),
    (["withdraw"], ("cancelled", None, "open")),
]  # fmt: skip


@pytest.mark.parametrize(("way", "end"), WAYS)
async def test_each_way_leads_where_the_table_says_and_leaves_the_seats_right(
    referrals: Harness, way: list[Any], end: tuple[str, str | None, str]
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), *way)
    assert (referral["status"], referral["phase"], referral["loop"]) == end
    seats = [e["data"] for e in await referrals.said() if e["subject"] == f"seats/{OFFERING}"]
    taken, held = (seats[-1]["taken"], seats[-1]["held"]) if seats else (0, 0)
    started = {"accept", "take"} & {each if isinstance(each, str) else each[0] for each in way}
    open_ = end[0] in {"accepted", "in-progress", "on-hold"}
    assert (taken, held) == (int(open_ and bool(started)), 0)


async def test_a_step_of_the_other_end_is_refused_by_name_and_to_strangers_is_nothing(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te)
    refused = await step(te, referral, "accept")
    assert (refused.status_code, refused.json()["roles"]) == (403, ["recipient"])
    assert (await step(oulu, referral, "withdraw")).status_code == 403
    assert (await step(referrals.caller(OTHER), referral, "accept")).status_code == 404


async def test_the_clients_word_is_recorded_and_shown_as_the_clients(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), "waitlist", "offer")
    taken = (await step(oulu, referral, "take", by_client=True)).json()
    last = taken["history"][-1]
    assert (last["step"], last["role"], last["organisation"]) == ("take", "client", OULU)
    referral = await walked(te, oulu, taken, OUTCOME)
    refused = await step(oulu, referral, "confirm", by_client=True)
    assert refused.status_code == 403  # a recipient does not close its own loop


@pytest.mark.parametrize(
    ("name", "way", "pointer"),
    [
        ("decline", [], "/body/reason"),
        ("schedule", ["accept"], "/body/visit"),
        ("pause", ["accept"], "/body/reason"),
        ("ask_information", [], "/body/note"),
        ("reroute", [], "/body/to"),
    ],
)
async def test_a_step_without_its_field_is_refused_by_the_fields_name(
    referrals: Harness, name: str, way: list[str], pointer: str
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), *way)
    refused = await step(oulu, referral, name)
    assert (refused.status_code, refused.json()["pointer"]) == (422, pointer)


async def test_a_reason_of_another_step_is_unknown_and_the_nearest_is_told(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    refused = await step(oulu, await sent(te), "decline", reason="no_capacities")
    assert refused.status_code == 422
    assert refused.json()["suggestions"][0] == "no_capacity"


async def test_who_is_rerouted_is_a_draft_of_the_senders_that_the_policy_allows(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te)
    refused = await step(oulu, referral, "reroute", to={"recipient": OTHER})
    assert (refused.status_code, refused.json()["reasons"][0]["verdict"]) == (
        403, "receiver_not_a_party",
    )  # fmt: skip
    unknown = await step(oulu, referral, "reroute", to={"recipient": "some-ngos"})
    assert unknown.json()["pointer"] == "/body/to/recipient"
    done = await step(oulu, referral, "reroute", to={"recipient": OULU}, note="Toinen yksikkö")
    assert done.json()["status"] == "rejected"
    draft = (await te.get("/referrals?status=draft")).json()["items"][0]
    shown = (await te.get(f"/referrals/{draft['id']}")).json()
    assert (shown["follows"], shown["recipient"], shown["client_id"]) == (
        referral["id"], OULU, referral["client_id"],
    )  # fmt: skip
    assert (await oulu.get(f"/referrals/{draft['id']}")).status_code == 404


async def test_consent_withdrawn_cancels_and_leaves_the_recipient_the_minimum(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    way = ["accept", ("schedule", {"visit": VISIT, "note": "Tervetuloa"})]
    referral = await walked(te, oulu, await sent(te, "consent"), *way)
    done = await step(oulu, referral, "withdraw_consent")
    assert (done.json()["status"], done.json()["phase"]) == ("cancelled", "consent_withdrawn")
    seen = (await oulu.get(f"/referrals/{referral['id']}")).json()
    assert (seen["need"], seen["visit"]) == (None, None)
    assert {entry["note"] for entry in seen["history"]} == {None}
    listed = (await oulu.get("/referrals?box=received")).json()["items"][0]
    assert listed["need"] is None
    assert (await te.get(f"/referrals/{referral['id']}")).json()["need"] == "career_guidance"


async def test_consent_withdrawn_freezes_what_has_ended(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te, "consent"), "accept", OUTCOME)
    frozen = (await step(te, referral, "withdraw_consent")).json()
    assert (frozen["status"], frozen["phase"]) == ("completed", "frozen")
    assert frozen["next_steps"] == ["entered_in_error"]


async def test_statute_is_not_withdrawn(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    refused = await step(te, await sent(te), "withdraw_consent")
    assert refused.json()["type"].endswith("/problems/no-consent")


async def test_an_error_is_established_by_its_author_and_a_second_person(
    referrals: Harness,
) -> None:
    await given(referrals)
    author, other = referrals.caller(TE), referrals.caller(TE, subject="another")
    oulu = referrals.caller(OULU)
    referral = await sent(author)
    said = (await step(other, referral, "entered_in_error")).json()
    assert said["status"] == "requested"
    again = await step(other, referral, "entered_in_error")
    assert again.json()["type"].endswith("/problems/second-person-needed")
    seen = (await oulu.get(f"/referrals/{referral['id']}")).json()
    assert [entry["step"] for entry in seen["history"]] == ["send"]
    done = (await step(author, referral, "entered_in_error")).json()
    assert (done["status"], done["next_steps"]) == ("entered-in-error", [])


async def test_two_who_did_not_draft_it_establish_no_error(referrals: Harness) -> None:
    await given(referrals)
    referral = await sent(referrals.caller(TE))
    await step(referrals.caller(TE, subject="one"), referral, "entered_in_error")
    refused = await step(referrals.caller(TE, subject="two"), referral, "entered_in_error")
    assert refused.status_code == 409


async def test_nobody_is_sent_to_an_offering_that_is_paused(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await drafted(te, {"offering": OFFERING})
    about = {"code": OFFERING, "organisation": OULU, "capacity": 1, "status": "paused"}
    await referrals.hear("partners.offering.paused.v1", f"offerings/{OFFERING}", **about)
    refused = await step(te, referral, "send", legal_basis="statute")
    assert refused.json()["type"].endswith("/problems/offering-closed")


async def test_the_line_is_seen_and_nobody_passes_who_waits_longer(referrals: Harness) -> None:
    await given(referrals, seats=3)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    first = await walked(te, oulu, await sent(te), "waitlist")
    second = await walked(te, oulu, await sent(te), "waitlist")
    assert (first["place_in_line"], second["place_in_line"]) == (1, 2)
    refused = await step(oulu, second, "offer")
    assert (refused.status_code, refused.json()["place"]) == (409, 2)
    await walked(te, oulu, first, "offer", "leave")
    assert (await walked(te, oulu, second, "offer"))["phase"] == "offered"


async def test_an_organisation_refers_to_a_unit_of_its_own_and_both_ends_are_its(
    referrals: Harness,
) -> None:
    await given(referrals, signed_by=())
    oulu = referrals.caller(OULU)
    referral = await sent(oulu)
    assert (referral["agreement"], referral["clause"]) == (None, "own-organisation")
    assert {"acknowledge", "accept", "withdraw"} <= {*referral["next_steps"]}
    referral = await walked(oulu, oulu, referral, "accept", "start")
    referral = await walked(oulu, oulu, referral, ("report_outcome", {"outcome": "need_met"}))
    closed = await walked(oulu, oulu, referral, "confirm")
    assert (closed["status"], closed["loop"]) == ("completed", "confirmed")
    assert [each["role"] for each in closed["history"]][-3:] == ["recipient", "recipient", "sender"]
    assert len(await referrals.said("referrals.referral.sent_within.v1")) == 1
    for other in (referrals.caller(TE), referrals.caller(OTHER)):
        assert (await other.get(f"/referrals/{closed['id']}")).status_code == 404
