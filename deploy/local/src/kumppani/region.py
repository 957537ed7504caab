"""What partners of a region do with an agreement and its services beside the client's way."""

from datetime import date, timedelta
from typing import Any

from kumppani.actors import Actor, Cast, Json, expect
from kumppani.show import Show

OUT_OF_WORK: dict[str, Any] = {
    "_id": "out-of-work", "situations.employed": "false", "eligible": "true",
    "because.fi": '"Palvelu on niille, jotka eivät ole työssä."',
    "because.sv": '"Tjänsten är för dem som inte arbetar."',
    "because.en": '"The service is for those who are not in work."',
}  # fmt: skip
IN_WORK = OUT_OF_WORK | {
    "_id": "in-work", "situations.employed": "true", "eligible": "false",
    "because.fi": '"Työssä olevia palvelee uraohjaus."',
    "because.sv": '"Den som arbetar får karriärvägledning."',
    "because.en": '"Those in work are served by career guidance."',
}  # fmt: skip
ELIGIBILITY: dict[str, Any] = {
    "nodes": [
        {"id": "client", "type": "inputNode"},
        {
            "id": "rules",
            "type": "decisionTableNode",
            "content": {
                "hitPolicy": "first",
                "inputs": [{"id": "situations.employed", "field": "situations.employed"}],
                "outputs": [
                    {"id": name, "field": name}
                    for name in ("eligible", "because.fi", "because.sv", "because.en")
                ],
                "rules": [OUT_OF_WORK, IN_WORK],
            },
        },
        {"id": "answer", "type": "outputNode"},
    ],
    "edges": [
        {"id": "to-rules", "sourceId": "client", "targetId": "rules"},
        {"id": "to-answer", "sourceId": "rules", "targetId": "answer"},
    ],
}


def amendment(agreement: Json, offering: str, today: date) -> Json:
    """Write an amendment that promises the Ohjaamo's seats, and gives its goal a tolerance."""
    seats = {
        "code": "ohjaamo-paikat", "party": "oulu", "theme": "ohjaamo", "kind": "seats",
        "amount": 12.0, "offering": offering, "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=364)).isoformat(),
    }  # fmt: skip
    return {
        "effective_on": today.isoformat(),
        "commitments": [*agreement["commitments"], seats],
        "goals": [goal | {"tolerance": 0.5} for goal in agreement["goals"]],
    }


class Region:
    """The agreement's amendment and resources, and the service in the catalogue."""

    def __init__(self, cast: Cast, show: Show, agreement: str, offering: str) -> None:
        self.parties, self.coordinator = cast.parties, cast.coordinator
        self.show, self.offering = show, offering
        self.path = f"/partners/agreements/{agreement}"

    @property
    def city(self) -> Actor:
        """The city, which runs the Ohjaamo."""
        return self.parties["oulu"]

    @property
    def te(self) -> Actor:
        """The employment office."""
        return self.parties["te-pohjois-pohjanmaa"]

    async def amend(self, today: date) -> None:
        """Draft an amendment, mend the draft, propose it; each party signs, and it rules."""
        agreement = await self.coordinator.get(self.path)
        words = amendment(agreement, self.offering, today)
        draft = words | {"goals": agreement["goals"]}
        amended = await self.coordinator.post(f"{self.path}/amendments", draft, of=agreement)
        number = amended["open_version"]
        draft_path = f"{self.path}/amendments/{number}"
        amended = await self.coordinator.put(draft_path, words, of=amended)
        changed = await self.city.get(f"{self.path}/versions/1/changes/{number}")
        said = " ".join(change["text"]["en"] for change in changed["changes"])
        await self.show.step(f"An amendment is drafted, and the draft mended: {said}")
        propose = {"step": "propose"}
        amended = await self.coordinator.post(f"{self.path}/steps", propose, of=amended)
        for party in self.parties.values():
            amended = await party.post(f"{self.path}/signatures", of=amended)
        await self.city.until(
            self.path, lambda found: found["version"] == number, "the amendment is in force"
        )
        await self.show.step(f"All have signed it, so version {number} is in force")

    async def resources(self, kind: str, used: float) -> None:
        """Wait until so much of a kind is used; tell what is planned, used and left."""

        def of_kind(page: Json) -> Json:
            rows: list[Json] = page["resources"]
            return next((row for row in rows if row["kind"] == kind), {"used": None})

        page = await self.city.until(
            f"{self.path}/resources",
            lambda page: of_kind(page)["used"] == used,
            f"{used} used of {kind}",
            by="theme",
        )
        row = of_kind(page)
        expect(row["left"] == row["planned"] - used, "what is left is what is not used")
        await self.show.step(
            f"{kind.replace('_', '-')} of {row['key']}: {row['planned']:g} planned, "
            f"{row['used']:g} used, {row['left']:g} left"
        )

    async def search(self) -> None:
        """Search with a typing error, where there is room; tell why the first one is first."""
        found = await self.te.get(
            "/partners/catalogue/search",
            q="ohjamo",
            need="career_guidance",
            municipality="564",
            age=24,
            with_room=True,
        )
        best, (word,) = found["items"][0], found["words"]
        because = ", ".join(f"{each['text']['en']} {each['points']}" for each in best["because"])
        expect("room" in {each["what"] for each in best["because"]}, "room is a reason")
        await self.show.step(
            f"A search for {word['asked']}, read as {', '.join(word['read_as'])}, with room: "
            f"{best['offering']['available']} free seats at {best['offering']['name']['en']} "
            f"({because})"
        )

    async def eligibility(self) -> None:
        """Publish who may get in; ask of a client who may not, and what would change that."""
        path = f"/partners/offerings/{self.offering}"
        table = {"table": ELIGIBILITY}
        offering = await self.city.get(path)
        await self.city.post(f"{path}/eligibility/versions", table, of=offering)
        given = {"age": 24, "municipality": "564", "situations.employed": True}
        asked = {"given": given}
        answer = await self.te.post(f"{path}/eligibility/checks", asked)
        expect(answer["outcome"] == "not_eligible", "who is in work is not eligible")
        (rule,), (way,) = answer["rules"], answer["ways"]
        needed = ", ".join(each["asks"]["text"]["en"] for each in way)
        await self.show.step(
            f"A client of 24 in work is not eligible: {rule['because']['en']} "
            f"What would change that: {needed}"
        )
