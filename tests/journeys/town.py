"""Two organisations of the Oulu agreement, and what they do, as a journey tells it."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

from kit import clock
from kit.testing.passing import Passing
from kumppani import oulu
from kumppani.actors import Actor, Cast, Json, expect, persistent
from kumppani.scenario import CITY, TE, Scenario
from kumppani.show import Show
from rich.console import Console

STATUTE = {"step": "send", "legal_basis": "statute"}


class Town:
    """The employment office refers its clients to services of the city."""

    def __init__(self, cast: Cast, time: Passing) -> None:
        self._cast = cast
        self.time = time
        self.te, self.city = cast.parties[TE], cast.parties[CITY]
        self.coordinator = cast.coordinator

    async def pass_days(self, count: float) -> None:
        """Let days pass at once; after a day what was sent is read again once partners is heard."""
        self.time.days(count)
        await persistent(lambda: self.city.get("/referrals/referrals", box="received", limit=1))

    async def settle(self) -> None:
        """Register all organisations and their systems."""
        await Scenario(self._cast, Show(Console(file=StringIO()), [])).organisations()

    async def agree(self, code: str, days: int) -> None:
        """Let the two conclude an agreement that ends after so many days."""
        today = clock.today()
        terms = oulu.agreement(code, today) | {
            "parties": [TE, CITY], "themes": [], "pilots": [], "goals": [], "commitments": [],
            "valid_until": (today + timedelta(days=days)).isoformat(),
        }  # fmt: skip
        agreement = await self.coordinator.post("/partners/agreements", terms)
        path = f"/partners/agreements/{code}"
        agreement = await self.coordinator.post(f"{path}/steps", {"step": "propose"}, of=agreement)
        for party in (self.te, self.city):
            agreement = await party.post(f"{path}/signatures", of=agreement)
        await self.te.until(path, lambda a: a["status"] == "in_force", f"{code} in force")

    async def offer(self, code: str, seats: int, by: Actor | None = None) -> None:
        """Publish a service with so many seats."""
        service = oulu.offering(code) | {"capacity": seats}
        await (by or self.city).post("/partners/offerings", service)

    async def client(self) -> str:
        """Register a client of the employment office, of whom no name is known."""
        return str((await self.te.post("/referrals/clients"))["id"])

    async def draft(self, client: str, offering: str, need: str = "career_guidance") -> Json:
        """Begin a referral, and address it as soon as the offering is known there."""
        body = {"client_id": client, "need": need}
        draft = await self.te.post("/referrals/referrals", body)
        path = f"/referrals/referrals/{draft['id']}"
        addressed: Json = await persistent(
            lambda: self.te.put(path, {"offering": offering}, of=draft)
        )
        return addressed

    async def refer(self, offering: str, client: str | None = None) -> Json:
        """Send a client to a service, as soon as the agreement is known there."""
        draft = await self.draft(client or await self.client(), offering)
        path = f"/referrals/referrals/{draft['id']}/steps"
        sent: Json = await persistent(lambda: self.te.post(path, STATUTE, of=draft))
        return sent

    async def step(self, who: Actor, referral: Json, name: str, **more: Any) -> Json:
        """Take a step, at the revision that is there."""
        path = f"/referrals/referrals/{referral['id']}"
        seen = await who.get(path)
        taken: Json = await who.post(f"{path}/steps", {"step": name, **more}, of=seen)
        return taken

    async def until(self, who: Actor, referral: Json, **wanted: Any) -> Json:
        """Wait until a referral stands so."""
        found: Json = await who.until(
            f"/referrals/referrals/{referral['id']}",
            lambda seen: all(seen[name] == value for name, value in wanted.items()),
            f"a referral that is {wanted}",
        )
        return found

    async def in_worklist(self, who: Actor, role: str, why: str, referral: Json) -> Json:
        """Find a referral among what somebody has to do."""
        rows: list[Json] = (await who.get("/referrals/worklist", role=role, why=why, limit=200))[
            "items"
        ]
        mine = [row for row in rows if row["referral_id"] == referral["id"]]
        expect(len(mine) == 1, f"the referral is in the {role}'s worklist: {why}")
        return mine[0]

    async def heard(self, who: Actor, referral: Json) -> list[str]:
        """Give what somebody's feed told of a referral, in its order."""
        subject, after, found = f"referrals/{referral['id']}", None, []
        while True:
            page, after = await who.events("referrals", after)
            found += [e["type"].split(".")[2] for e in page if e["subject"] == subject]
            if not page:
                return found

    async def seats(self, offering: str, holds: Callable[[Json], bool], what: str) -> Json:
        """Wait for what the catalogue shows of a service's seats."""
        shown: Json = await self.te.until(f"/partners/offerings/{offering}", holds, what)
        return shown
