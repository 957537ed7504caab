"""The main job: the agreement, an assessment, the closed loop, a placement; over HTTP only."""

import secrets
from datetime import timedelta
from typing import Any

from kit import clock

from kumppani import oulu
from kumppani.actors import Actor, Cast, Json, expect, persistent
from kumppani.consenting import Consenting
from kumppani.directory import Directory
from kumppani.erasing import Erasing
from kumppani.figures import Figures
from kumppani.onward import Onward
from kumppani.region import Region
from kumppani.show import Act, Show

TE, CITY = "te-pohjois-pohjanmaa", "oulu"
PILOT = "ict-rekrytointi"
EMPLOYER = "0187690-1"
TEST_IDENTITIES = 900, 999  # the numbers of identity codes that belong to nobody
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"

DEVELOPER = "http://data.europa.eu/esco/occupation/f2b15a0e-e65a-438a-affb-29b9d50b77d1"
PYTHON = "http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d"
JAVA = "http://data.europa.eu/esco/skill/19a8293b-8e95-4de3-983f-77484079c389"

ANSWERS = {"health": 8, "mood": 8, "work": 2, "direction": 3, "skills": 4, "money": 3}


def test_identity() -> str:
    """Make a code that belongs to nobody (its number is over 899), of somebody of 19 to 28."""
    day = clock.today() - timedelta(days=365 * 20 + secrets.randbelow(365 * 9))
    low, high = TEST_IDENTITIES
    number = low + secrets.randbelow(high - low + 1)
    check = CHECKS[int(f"{day:%d%m%y}{number}") % 31]
    return f"{day:%d%m%y}{'A' if day.year >= 2000 else '-'}{number}{check}"


class Scenario:
    """One run, with codes of its own, so that it can be played again on the same data."""

    def __init__(self, cast: Cast, show: Show) -> None:
        self.show = show
        self.run = secrets.token_hex(3)
        self.agreement = f"oulu-{self.run}"
        self.offering = f"ohjaamo-oulu-{self.run}"
        self.parties = cast.parties
        self.te, self.city = self.parties[TE], self.parties[CITY]
        self.coordinator = cast.coordinator
        self.region = Region(cast, show, self.agreement, self.offering)

    async def play(self) -> None:
        """Play all acts. Raises `StepFailed` where something is not as it must be."""
        council = Figures(self.parties["pohjois-pohjanmaa"], self.show.step)
        self.show.act(Act.AGREEMENT)
        await self.organisations()
        before = await council.counted()
        await self.conclude()
        await self.region.amend(clock.today())
        self.show.act(Act.CATALOGUE)
        await self.publish()
        await self.region.search()
        await self.region.eligibility()
        await Directory(self.parties["kela-pohjoinen"], self.show.step).take_in()
        self.show.act(Act.ASSESSMENT)
        client = await self.register()
        assessment = await self.assess(client)
        self.show.act(Act.REFERRAL)
        await self.close_the_loop(client, assessment)
        await self.region.resources("seats", 1)
        onward = Onward(self)
        await onward.play(client)
        await Erasing(self).play(await Consenting(self, onward.other).play())
        await self.refuse(client)
        self.show.act(Act.PLACEMENT)
        await self.place()
        self.show.act(Act.FIGURES)
        await council.check(before)
        await council.goal(self.agreement)

    async def organisations(self) -> None:
        """Register those that are not there yet."""
        there = {
            o["code"] for o in (await self.coordinator.get("/partners/organisations"))["items"]
        }
        for code, about in {**oulu.PARTIES, oulu.OUTSIDER: oulu.OUTSIDER_DATA}.items():
            if code not in there:
                await self.coordinator.post("/partners/organisations", {"code": code, **about})
        await self.show.step("Five organisations, and one that is no party, are registered")
        for party in self.parties.values():
            await party.joins()
        await self.show.step("Each lets its own system act for it")

    async def conclude(self) -> None:
        """Draft the agreement and propose it; each party signs for itself."""
        terms = oulu.agreement(self.agreement, clock.today())
        agreement = await self.coordinator.post("/partners/agreements", terms)
        path = f"/partners/agreements/{self.agreement}"
        agreement = await self.coordinator.post(f"{path}/steps", {"step": "propose"}, of=agreement)
        await self.show.step("The coordinator lays the agreement before its parties")
        for party in self.parties.values():
            agreement = await party.post(f"{path}/signatures", of=agreement)
            await self.show.step(f"{party.organisation} signs")
        in_force = "the agreement is in force"
        await self.city.until(path, lambda found: found["status"] == "in_force", in_force)
        await self.show.step("Its first day has come, so the agreement is in force")
        month = f"{clock.today():%Y-%m}"
        use = f"{path}/commitments/ohjaamo-ohjaajat/uses/{month}"
        await self.te.put(use, {"amount": 1.5})
        await self.show.step("The TE Office reports 1.5 person-months")
        await self.region.resources("person_months", 1.5)

    async def publish(self) -> None:
        """Publish the Ohjaamo's guidance in the catalogue."""
        await self.city.post("/partners/offerings", oulu.offering(self.offering))
        await self.show.step(f"The Ohjaamo offers {self.offering}: 12 seats")

    async def register(self) -> str:
        """Register a client of the employment office under a test identity."""
        path = "/referrals/clients"
        client = await self.te.post(path, {"identity_code": test_identity()})
        await self.show.step("A client of the employment office is registered")
        return str(client["id"])

    async def assess(self, client: str) -> str:
        """Fill in the assessment; an officer confirms one need and overrides another."""
        body = {"client_id": client, "instrument": "elamantilanne"}
        made = await self.eventually(self.te, "/assessments/assessments", body)
        path = f"/assessments/assessments/{made['id']}"
        made = await self.te.put(f"{path}/answers", {"answers": ANSWERS}, of=made)
        made = await self.te.post(f"{path}/completion", of=made)
        needs = [s["need"] for s in made["suggestions"]]
        await self.show.step(f"The rules suggest: {', '.join(needs)}")
        expect(len(needs) > 1 and "job_search" in needs, "job_search and another are suggested")
        other = next(need for need in needs if need != "job_search")
        yes: Json = {"need": "job_search", "decision": "confirm"}
        made = await self.te.post(f"{path}/decisions", yes, of=made)
        no = {"need": other, "decision": "override", "reason": "Hoidetaan jo muualla"}
        await self.te.post(f"{path}/decisions", no, of=made)
        await self.show.step(f"The officer confirms job_search and overrides {other}")
        return str(made["id"])

    async def close_the_loop(self, client: str, assessment: str) -> None:
        """Follow the referral that the confirmed need began, until its outcome is confirmed."""
        box = await self.te.until(
            "/referrals/referrals",
            lambda page: any(r["client_id"] == client for r in page["items"]),
            f"a draft referral of assessment {assessment}",
            box="sent",
            status="draft",
            limit=200,
        )
        draft = next(r for r in box["items"] if r["client_id"] == client)
        await self.show.step("The confirmed need became a draft referral, by event")
        sent = await self.send(draft)
        seen = await self.city.get(f"/referrals/referrals/{sent['id']}")
        expect({"accept", "decline"} <= {*seen["next_steps"]}, "the Ohjaamo may accept or decline")
        path = f"/referrals/referrals/{sent['id']}"
        expect((await self.city.get(f"{path}/client"))["classes"] == [], "the client is unnamed")
        seen = await self.step(self.city, seen, "accept")
        shown = (await self.city.get(f"{path}/client"))["classes"]
        await self.show.step(f"Now the Ohjaamo is shown also who it is: {', '.join(shown)}")
        await self.seats_left(11)
        seen = await self.visit(seen)
        seen = await self.step(self.city, seen, "report_outcome", outcome="need_met")
        closed = await self.step(self.te, seen, "confirm")
        expect(closed["loop"] == "confirmed", "the loop is closed")
        await self.te.post(f"{path}/feedback", {"helped": "yes"})
        await self.show.step("The client says that it helped")
        await self.seats_left(12)

    async def visit(self, seen: Json) -> Json:
        """Agree on a visit; the client does not come, and comes when it is agreed anew."""
        at = clock.now() + timedelta(days=7)
        visit = {"at": at.isoformat(), "place": "Ohjaamo, Oulu", "accompanied": True}
        for step, more in (("schedule", visit), ("no_show", None), ("schedule", visit)):
            seen = await self.step(self.city, seen, step, **({"visit": more} if more else {}))
        return await self.step(self.city, seen, "hold_visit")

    async def refuse(self, client: str) -> None:
        """Try to send a third to an organisation that is no party to the agreement."""
        draft = await self.te.post("/referrals/referrals", {"client_id": client})
        path = f"/referrals/referrals/{draft['id']}"
        draft = await self.te.put(path, {"recipient": oulu.OUTSIDER}, of=draft)
        step = {"step": "send", "legal_basis": "statute"}
        problem = await self.te.refused(f"{path}/steps", step, of=draft)
        ours = [r["verdict"] for r in problem["reasons"] if r["agreement"] == self.agreement]
        expect(ours == ["receiver_not_a_party"], "the agreement says why")
        await self.show.step(f"Refused by the agreement: {problem['title']} ({ours[0]})")

    async def place(self) -> None:
        """Post ICT vacancies; one match ends in a placement, counted for the pilot."""
        for name, skill in (("python", PYTHON), ("java", JAVA)):
            path = f"/vacancies/vacancies/{EMPLOYER}/{name}-{self.run}"
            await self.city.put(path, vacancy(name, skill))
        profile = {"occupations": [DEVELOPER], "skills": [PYTHON], "municipality": "564"}
        seeker = await self.te.post("/vacancies/seekers", profile)
        matches = await self.te.get(f"/vacancies/seekers/{seeker['id']}/matches")
        best = matches["items"][0]
        expect(best["score"] == 1.0, "the best match meets all that is known")
        await self.show.step(
            f"{len(matches['items'])} explained matches; the best: {best['findings'][0]['text']}"
        )
        body = {"vacancy_id": best["vacancy_id"], "seeker_id": seeker["id"], "pilot": PILOT}
        await self.eventually(self.te, "/vacancies/placements", body)
        await self.show.step(f"A placement, counted for the pilot {PILOT}")

    async def send(self, draft: Json) -> Json:
        """Address a draft to the offering, as soon as that is known there, and send it."""
        path = f"/referrals/referrals/{draft['id']}"
        addressed = await persistent(
            lambda: self.te.put(path, {"offering": self.offering}, of=draft)
        )
        body = {"step": "send", "legal_basis": "statute"}
        sent: Json = await persistent(lambda: self.te.post(f"{path}/steps", body, of=addressed))
        await self.show.step(f"A referral is sent, under clause {sent['clause']}")
        return sent

    async def step(self, who: Actor, referral: Json, name: str, **more: Any) -> Json:
        """Take a step of the lifecycle."""
        path = f"/referrals/referrals/{referral['id']}/steps"
        taken: Json = await who.post(path, {"step": name, **more}, of=referral)
        await self.show.step(f"{who.organisation}: {name} → {taken['status']}")
        return taken

    async def seats_left(self, count: int) -> None:
        """Wait until the catalogue shows how many seats are free."""
        path = f"/partners/offerings/{self.offering}"
        await self.te.until(path, lambda o: o["available"] == count, f"{count} free seats")
        await self.show.step(f"The catalogue shows {count} free seats")

    async def eventually(self, who: Actor, path: str, body: Json) -> Json:
        """Post as soon as what it speaks of has become known there."""
        made: Json = await persistent(lambda: who.post(path, body))
        return made


def vacancy(name: str, skill: str) -> Json:
    """Write a vacancy of the ICT field."""
    return {
        "title": {"fi": f"Ohjelmistokehittäjä ({name})", "en": f"Software developer ({name})"},
        "description": {
            "fi": "Ohjelmistokehitystä Oulussa.",
            "en": "Software development in Oulu.",
        },
        "employer_name": "Oulun kaupunki",
        "occupations": [DEVELOPER],
        "skills": [{"uri": skill, "required": True}],
        "municipality": "564",
        "expires": (clock.today() + timedelta(days=30)).isoformat(),
    }
