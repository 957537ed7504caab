"""A decline leads somewhere: the sender is shown who else answers the need, and goes on there."""

from .town import Town


async def test_a_declined_client_goes_on_to_another_service(town: Town) -> None:
    await town.agree("elsewhere", days=300)
    await town.offer("full", seats=1)
    await town.offer("near", seats=2)
    await town.offer("roomy", seats=9)
    sent = await town.refer("full")

    declined = await town.step(town.city, sent, "decline", reason="no_capacity")
    assert declined["alternatives"] == []  # they are the sender's to see
    await town.in_worklist(town.te, "sender", "declined", sent)
    assert (await town.heard(town.te, sent))[-1] == "declined"
    back = await town.until(town.te, sent, status="rejected", reason="no_capacity")
    offered = [each["offering"] for each in back["alternatives"]]
    assert offered == ["roomy", "near"]
    assert {each["agreement"] for each in back["alternatives"]} == {"elsewhere"}

    again = await town.refer(offered[0], sent["client_id"])
    accepted = await town.step(town.city, again, "accept")
    assert accepted["status"] == "accepted"
    row = await town.te.delete(f"/referrals/worklist/{sent['id']}")
    assert row["why"] == "declined"
