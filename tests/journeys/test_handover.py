"""The office's task passes to the city: clients and open referrals with it, nobody in between."""

from datetime import timedelta

import pytest
from kit import clock
from kumppani.actors import StepFailed

from .town import Town

TASK = "employment_services"


async def test_the_successor_goes_on_where_the_office_stood(town: Town) -> None:
    await town.agree("handover", days=300)
    await town.offer("ohjaus", seats=3)
    sent = await town.refer("ohjaus")
    accepted = await town.step(town.city, sent, "accept")
    draft = await town.draft(await town.client(), "ohjaus")
    te, city = town.te.organisation, town.city.organisation

    path = f"/partners/organisations/{te}"
    passes = {"tasks": [TASK], "areas": [], "successor": city}
    first_day = clock.today() + timedelta(days=2)
    noted = passes | {"on": first_day.isoformat()}
    office = await town.coordinator.post(f"{path}/successions", noted, of=await town.te.get(path))
    asked = {"giver": te, "receiver": city, "task": TASK}
    refused = await town.te.refused("/referrals/handovers", asked, of=office)
    assert refused["type"].endswith("/not-succeeded")
    await town.pass_days(2)

    plan = await town.te.post("/referrals/handovers", asked)
    passing = [(each["kind"], each["why"], each["count"]) for each in plan["counts"]]
    assert passing == [("client", None, 2)]
    await town.te.post(f"/referrals/handovers/{plan['id']}/beginning", of=plan)
    where = f"/referrals/handovers/{plan['id']}"
    await town.city.until(where, lambda h: h["stage"] == "finished", "the handover's end")

    for referral in (accepted, draft):
        with pytest.raises(StepFailed, match="404"):
            await town.te.get(f"/referrals/referrals/{referral['id']}")
        seen = await town.city.get(f"/referrals/referrals/{referral['id']}")
        assert (seen["sender"], seen["responsible"]) == (city, city)
        assert [seen["history"][0]["organisation"], seen["history"][-1]["step"]] == [te, "pass_on"]
    ended = await town.step(town.city, accepted, "report_outcome", outcome="need_met")
    closed = await town.step(town.city, ended, "confirm")
    assert closed["loop"] == "confirmed"
    body = {"client_id": accepted["client_id"], "instrument": "elamantilanne"}
    assessment = await town.city.post("/assessments/assessments", body)
    assert assessment["client_id"] == accepted["client_id"]
