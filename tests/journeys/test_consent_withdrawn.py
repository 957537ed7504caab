"""A client takes a consent back: what rests on it ends at both ends, and a receipt says so."""

from datetime import timedelta

from kit import clock

from .town import Town


async def test_what_rests_on_it_ends_at_once_and_the_partner_says_that_it_acted(
    town: Town,
) -> None:
    await town.agree("consents", days=300)
    await town.offer("vertaistuki", seats=2)
    client = await town.client()
    by_law = await town.refer("vertaistuki", client)
    given = (clock.now() - timedelta(hours=1)).isoformat()
    scope = {"classes": ["situation"], "recipients": ["oulu"], "purposes": ["client_referral"]}
    consents = f"/referrals/clients/{client}/consents"
    consent = await town.te.post(consents, scope | {"manner": "orally", "given_at": given})
    draft = await town.draft(client, "vertaistuki")
    send = {"step": "send", "consent_id": consent["id"]}
    sent = await town.te.post(f"/referrals/referrals/{draft['id']}/steps", send, of=draft)
    accepted = await town.step(town.city, sent, "accept")
    assert accepted["need"] == "career_guidance"
    await town.seats("vertaistuki", lambda o: o["available"] == 1, "one free seat")

    taken_back = await town.te.post(f"{consents}/{consent['id']}/withdrawals", {"manner": "orally"})
    assert taken_back["receipts"] == [{"recipient": "oulu", "received_at": None}]
    seen = await town.city.get(f"/referrals/referrals/{sent['id']}")
    assert (seen["status"], seen["phase"]) == ("cancelled", "consent_withdrawn")
    assert seen["need"] is None
    assert (await town.heard(town.city, sent))[-1] == "consent_withdrawn"
    await town.in_worklist(town.city, "recipient", "consent_withdrawn", sent)
    await town.seats("vertaistuki", lambda o: o["available"] == 2, "its seat is free again")
    assert (await town.city.get(f"/referrals/referrals/{by_law['id']}"))["need"] is not None

    again = await town.draft(client, "vertaistuki")
    refused = await town.te.refused(f"/referrals/referrals/{again['id']}/steps", send, of=again)
    assert "withdrawn" in str(refused)
    await town.city.post(f"/referrals/referrals/{sent['id']}/receipts")
    (shown,) = (await town.te.get(consents))["items"]
    assert [r["recipient"] for r in shown["receipts"] if r["received_at"]] == ["oulu"]
    assert (await town.heard(town.te, sent))[-1] == "withdrawal_received"
