"""A line for a seat: it is offered by rule, an answer that comes too late goes to the next."""

from .town import Town


async def test_a_seat_that_is_not_taken_in_time_goes_to_the_next_in_line(town: Town) -> None:
    await town.agree("line", days=300)
    await town.offer("one-seat", seats=1)
    inside, first, second = [await town.refer("one-seat") for _ in range(3)]
    await town.step(town.city, inside, "accept")
    for waits in (first, second):
        await town.step(town.city, waits, "waitlist")
    assert (await town.until(town.te, second, phase="waitlisted"))["place_in_line"] == 2

    await town.step(town.city, inside, "give_up", reason="client_moved")
    offered = await town.until(town.te, first, phase="offered")
    assert [deadline["timed"] for deadline in offered["deadlines"]] == ["offer"]
    await town.in_worklist(town.te, "sender", "seat_offered", first)

    await town.pass_days(8)
    await town.until(town.te, first, phase="waitlisted")
    assert "offer_lapsed" in await town.heard(town.te, first)
    await town.until(town.te, second, phase="offered")
    taken = await town.step(town.te, second, "take", by_client=True)
    assert taken["status"] == "accepted"
    assert taken["history"][-1]["role"] == "client"
    assert (await town.until(town.te, first, phase="waitlisted"))["place_in_line"] == 1
    seats = await town.te.get("/referrals/offerings/one-seat/seats")
    assert (seats["taken"], seats["held"], seats["free"], seats["waiting"]) == (1, 0, 0, 1)
