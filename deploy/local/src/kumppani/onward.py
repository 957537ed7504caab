"""Where a client goes on after a decline: an alternative, a batch, a line for its one seat."""

from typing import TYPE_CHECKING, Any

from kumppani import oulu
from kumppani.actors import Json, expect, wait_for

if TYPE_CHECKING:
    from kumppani.scenario import Scenario

NEED = "career_guidance"


class Onward:
    """The employment office and the city, after the first loop is closed."""

    def __init__(self, scenario: "Scenario") -> None:
        self.scenario, self.show = scenario, scenario.show
        self.te, self.city = scenario.te, scenario.city
        self.other = f"uraohjaus-oulu-{scenario.run}"

    async def play(self, client: str) -> None:
        """Let a referral be declined, and the client go on until there is a seat."""
        await self.city.post("/partners/offerings", oulu.career_guidance(self.other))
        await self.show.step(f"The city offers {self.other}: 1 seat")
        await self.decline(client)
        first, second = await self.batch(client)
        await self.line(first, second)
        await self.fhir(second)

    async def decline(self, client: str) -> None:
        """Send a second referral, which is declined; the sender hears it, and where else to go."""
        draft = await self.te.post("/referrals/referrals", {"client_id": client, "need": NEED})
        sent = await self.scenario.send(draft)
        judged = sent["judgement"]
        expect(judged["failed"] == [], "the client is of the age that the Ohjaamo is for")
        await self.show.step(
            f"Whether the client is eligible: {judged['result']} "
            f"(not known here: {', '.join(judged['unknown'])})"
        )
        await self.scenario.step(self.city, sent, "decline", reason="other_service_fits_better")
        await wait_for(
            lambda: self.heard(f"referrals/{sent['id']}", "referrals.referral.declined.v1"),
            bool,
            "word of the decline on the sender's feed",
        )
        await self.show.step("The sender hears of the decline on its feed")
        back = await self.te.get("/referrals/worklist", why="declined", limit=200)
        expect(
            any(item["referral_id"] == sent["id"] for item in back["items"]),
            "the declined referral is back in the sender's worklist",
        )
        await self.show.step("It is back in the sender's worklist")
        shown = await self.te.until(
            f"/referrals/referrals/{sent['id']}",
            lambda seen: any(each["offering"] == self.other for each in seen["alternatives"]),
            "an alternative",
        )
        best = shown["alternatives"][0]
        expect(best["offering"] == self.other, "where the client is eligible comes first")
        await self.show.step(f"An alternative: {self.other} ({', '.join(best['reasons'])})")

    async def batch(self, client: str) -> tuple[Json, Json]:
        """Refer the client and another one there, in one request."""
        another = (await self.te.post("/referrals/clients"))["id"]
        lines = [
            {"client_id": each, "need": NEED, "to": {"offering": self.other}}
            | {"legal_basis": "statute"}
            for each in (another, client)
        ]
        told = await self.te.lines("/referrals/referrals/batches", *lines)
        expect([each["status"] for each in told] == [201, 201], "each line is a referral")
        await self.show.step("A batch of two referrals is sent, each judged alone")
        first, second = (each["referral"] for each in told)
        return first, second

    async def line(self, first: Json, second: Json) -> None:
        """Let the second wait for the seat of the first, be offered it, and take it."""
        first = await self.scenario.step(self.city, first, "accept")
        waits = await self.scenario.step(self.city, second, "waitlist")
        expect(waits["place_in_line"] == 1, "the second is the first in the line")
        await self.scenario.step(self.city, first, "give_up", reason="client_moved")
        offered = await self.te.until(
            f"/referrals/referrals/{second['id']}",
            lambda seen: seen["phase"] == "offered",
            "an offer of the seat",
        )
        await self.show.step("The seat is offered to who waits")
        await self.scenario.step(self.te, offered, "take", by_client=True)

    async def fhir(self, referral: Json) -> None:
        """Read the referral as another system would, in FHIR R4."""
        task = await self.city.get(f"/referrals/fhir/Task/{referral['id']}")
        expect(task["status"] == "accepted", "the Task is accepted")
        owner = task["owner"]["identifier"]["value"]
        await self.show.step(f"As FHIR: a {task['resourceType']} of {owner}, {task['status']}")

    async def heard(self, subject: str, kind: str) -> list[Any]:
        """Find a fact among the newest that the employment office may read."""
        after: str | None = None
        found: list[Any] = []
        while True:
            page, after = await self.te.events("referrals", after)
            found += [e for e in page if (e["subject"], e["type"]) == (subject, kind)]
            if not page:
                return found
