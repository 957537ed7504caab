"""A client does not come; nobody lets go of the client, and a new time is agreed on."""

from datetime import timedelta

from kit import clock

from .town import Town


async def test_a_missed_visit_is_agreed_on_anew(town: Town) -> None:
    await town.agree("visits", days=300)
    await town.offer("visits", seats=3)
    sent = await town.refer("visits")
    await town.step(town.city, sent, "accept")

    for missed in (True, False):
        at = (clock.now() + timedelta(days=2)).isoformat()
        visit = {"at": at, "place": "Torikatu 1", "accompanied": not missed}
        scheduled = await town.step(town.city, sent, "schedule", visit=visit)
        assert scheduled["phase"] == "scheduled"
        row = await town.in_worklist(town.city, "recipient", "visit", sent)
        assert row["due_at"] is not None
        await town.pass_days(2)
        if missed:
            await town.step(town.city, sent, "no_show")
            await town.in_worklist(town.city, "recipient", "reschedule", sent)
    held = await town.step(town.city, sent, "hold_visit")

    assert (held["status"], held["phase"]) == ("in-progress", "visit_held")
    assert await town.heard(town.te, sent) == [
        "drafted", "addressed", "sent", "accepted", "visit_scheduled", "visit_missed",
        "visit_scheduled", "visit_held",
    ]  # fmt: skip
    await town.te.until(
        "/metrics/indicators/visits-missed/values",
        lambda page: any(each["value"] for each in page["items"]),
        "a missed visit in the indicator",
    )
