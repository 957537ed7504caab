"""A client is guided, comes, is helped; both ends say so, and the loop is closed."""

from datetime import timedelta

from kit import clock

from .town import Town


async def test_both_ends_close_the_loop(town: Town) -> None:
    await town.agree("loop", days=300)
    await town.offer("ohjaus", seats=3)
    sent = await town.refer("ohjaus")
    await town.in_worklist(town.city, "recipient", "new", sent)

    await town.step(town.city, sent, "acknowledge")
    await town.step(town.city, sent, "ask_information", note="Mikä päivä sopii?")
    await town.in_worklist(town.te, "sender", "answer", sent)
    await town.step(town.te, sent, "answer", note="Tiistai sopii.")
    await town.step(town.city, sent, "accept")
    await town.seats("ohjaus", lambda o: o["available"] == 2, "two free seats in the catalogue")

    visit = {"at": (clock.now() + timedelta(days=3)).isoformat(), "place": "Torikatu 1"}
    await town.step(town.city, sent, "schedule", visit=visit | {"accompanied": True})
    await town.pass_days(3)
    await town.step(town.city, sent, "hold_visit")
    ended = await town.step(town.city, sent, "report_outcome", outcome="need_met")
    assert (ended["status"], ended["loop"]) == ("completed", "outcome_reported")
    await town.in_worklist(town.te, "sender", "confirm", sent)
    closed = await town.step(town.te, sent, "confirm")

    assert closed["loop"] == "confirmed"
    assert [e["step"] for e in closed["history"]] == [
        "draft", "address", "send", "acknowledge", "ask_information", "answer", "accept",
        "schedule", "hold_visit", "report_outcome", "confirm",
    ]  # fmt: skip
    assert await town.heard(town.city, sent) == [
        "sent", "seen", "information_asked", "answered", "accepted", "visit_scheduled",
        "visit_held", "outcome_reported", "confirmed",
    ]  # fmt: skip
    await town.seats("ohjaus", lambda o: o["available"] == 3, "three free seats again")
