"""A client consents to a referral, and takes it back: it ends at once, and a receipt says so."""

from datetime import timedelta
from typing import TYPE_CHECKING

from kit import clock

from kumppani.actors import expect

if TYPE_CHECKING:
    from kumppani.scenario import Scenario


class Consenting:
    """The employment office's client, and the city."""

    def __init__(self, scenario: "Scenario", offering: str) -> None:
        self.show, self.offering = scenario.show, offering
        self.te, self.city = scenario.te, scenario.city

    async def play(self) -> str:
        """Send a referral on a consent, withdraw the consent, and give the receipt.

        Gives the client.
        """
        client = str((await self.te.post("/referrals/clients"))["id"])
        consents = f"/referrals/clients/{client}/consents"
        told = {
            "classes": ["situation"],
            "recipients": [self.city.organisation],
            "purposes": ["client_referral"],
            "manner": "in_writing",
            "given_at": (clock.now() - timedelta(minutes=5)).isoformat(),
        }
        consent = await self.te.post(consents, told)
        await self.show.step("A client consents: her situation may be told to the city")
        body = {"client_id": client, "need": "career_guidance"}
        draft = await self.te.post("/referrals/referrals", body)
        path = f"/referrals/referrals/{draft['id']}"
        draft = await self.te.put(path, {"offering": self.offering}, of=draft)
        send = {"step": "send", "consent_id": consent["id"]}
        await self.te.post(f"{path}/steps", send, of=draft)
        await self.show.step("A referral is sent, and rests on that consent")
        await self.te.post(f"{consents}/{consent['id']}/withdrawals", {"manner": "orally"})
        seen = await self.city.get(path)
        expect(seen["phase"] == "consent_withdrawn", "the referral ends with the consent")
        expect(seen["need"] is None, "the city reads nothing of her any more")
        await self.show.step("She takes it back: the city reads nothing of her any more")
        await self.city.post(f"{path}/receipts")
        (shown,) = (await self.te.get(consents))["items"]
        (receipt,) = shown["receipts"]
        expect(receipt["received_at"] is not None, "the city acted on it")
        await self.show.step("Her view has the city's receipt: it acted on that")
        return client
