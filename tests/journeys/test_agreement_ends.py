"""An agreement ends in the middle: what waits comes back, what was accepted goes on, no more."""

from .town import STATUTE, Town


async def test_what_waits_comes_back_and_what_was_accepted_goes_on(town: Town) -> None:
    await town.agree("short", days=30)
    await town.offer("ends", seats=9)
    accepted = await town.refer("ends")
    await town.step(town.city, accepted, "accept")
    await town.pass_days(29)
    requested, waits = await town.refer("ends"), await town.refer("ends")
    await town.step(town.city, waits, "waitlist")
    await town.pass_days(2)

    back = await town.until(town.te, requested, status="cancelled", phase="expired")
    assert back["history"][-1]["reason"] == "agreement_ended"
    await town.until(town.te, waits, status="cancelled", phase="expired")
    await town.in_worklist(town.te, "sender", "expired", requested)
    started = await town.step(town.city, accepted, "start")
    assert started["status"] == "in-progress"

    messages = f"/referrals/referrals/{accepted['id']}/messages"
    refused = await town.te.refused(messages, {"text": "Lisätieto"}, of=started)
    assert refused["type"].endswith("/not-permitted")
    draft = await town.draft(requested["client_id"], "ends")
    path = f"/referrals/referrals/{draft['id']}/steps"
    refused = await town.te.refused(path, STATUTE, of=draft)
    assert [r["verdict"] for r in refused["reasons"]] == ["expired"]

    await town.agree("renewed", days=300)
    again = await town.refer("ends", requested["client_id"])
    assert again["agreement"] == "renewed"
    await town.te.post(messages, {"text": "Lisätieto"})
    ended = await town.step(town.city, accepted, "report_outcome", outcome="need_met")
    assert ended["status"] == "completed"
