"""Who was competent in the Oulu region, over HTTP: the chain as it was."""

from typing import Any

import pytest
from httpx import AsyncClient
from kit.testing import Harness

TE, ELY = "te-pohjois-pohjanmaa", "ely-pohjois-pohjanmaa"
OULU, KOILLISMAA, EVK = "oulun-tyollisyysalue", "koillismaan-tyollisyysalue", "evk-pohjois-suomi"
TRIAL = {
    "oulu": "564", "hailuoto": "072", "ii": "139", "kempele": "244",
    "liminka": "425", "lumijoki": "436", "muhos": "494", "tyrnava": "859",
}  # fmt: skip
KELA = "kela-pohjoinen"
BOTH = ["employment_services", "trial_employment_services"]


def area(kind: str, code: str) -> dict[str, str]:
    return {"kind": kind, "code": code}


class Region:
    """The coordinator, who keeps the register."""

    def __init__(self, who: AsyncClient) -> None:
        self.who = who

    async def register(self, code: str, kind: str) -> None:
        body = {"code": code, "kind": kind, "name": {"fi": code}}
        (await self.who.post("/organisations", json=body)).raise_for_status()

    async def note(self, code: str, what: str, **body: Any) -> dict[str, Any]:
        tag = {"If-Match": (await self.who.get(f"/organisations/{code}")).headers["ETag"]}
        path = f"/organisations/{code}/{what}"
        answer = await self.who.post(path, json=body, headers=tag)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def ask(self, task: str, municipality: str, on: str) -> dict[str, Any]:
        asked = {"task": task, "municipality": municipality, "on": on}
        answer = await self.who.get("/authorities", params=asked)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def one(self, task: str, municipality: str, on: str) -> str:
        found = await self.ask(task, municipality, on)
        assert found["verdict"] == "one", found
        return str(found["authorities"][0]["organisation"])


@pytest.fixture
async def region(partners: Harness) -> Region:
    """Note what happened between 2013 and 2026."""
    region = Region(partners.caller("oulu", "partners:coordinate", "partners:read"))
    for code in TRIAL.keys() - {"oulu"}:
        await region.register(code, "municipality")
    for code in (OULU, KOILLISMAA):
        await region.register(code, "employment_area")
    await region.register(EVK, "elinvoimakeskus")
    there = area("region", "17")
    await region.note(TE, "mandates", tasks=BOTH, areas=[there], since="2013-01-01")
    vaala = area("municipality", "785")  # it came to the region only then
    await region.note(TE, "mandates", tasks=BOTH, areas=[vaala], since="2016-01-01")
    for code, municipality in TRIAL.items():
        moved = {"tasks": [BOTH[1]], "areas": [area("municipality", municipality)]}
        await region.note(TE, "successions", **moved, successor=code, on="2021-03-01")
        await region.note(code, "successions", tasks=[BOTH[1]], successor=OULU, on="2025-01-01")
    for code, name in ((OULU, "oulu"), (KOILLISMAA, "koillismaa")):
        areas = [area("employment_area", name)]
        moved = {"tasks": BOTH, "areas": areas, "on": "2025-01-01"}
        await region.note(TE, "successions", **moved, successor=code)
    await region.note(TE, "ending", on="2024-12-31")
    ely = {"tasks": ["business_services", "environment"]}
    await region.note(ELY, "mandates", **ely, areas=[area("ely_area", "13")], since="2010-01-01")
    moved = {"tasks": ["business_services"], "successor": EVK, "on": "2026-01-01"}
    await region.note(ELY, "successions", **moved)
    await region.note(ELY, "ending", on="2025-12-31")
    return region


async def test_the_te_offices_clients_of_the_trial_went_to_the_city_and_to_the_employment_area(
    region: Region,
) -> None:
    task = BOTH[1]
    assert await region.one(task, "564", "2021-02-28") == TE
    assert await region.one(task, "564", "2021-03-01") == "oulu"
    assert await region.one(task, "564", "2024-12-31") == "oulu"
    found = await region.ask(task, "564", "2025-01-01")
    (authority,) = found["authorities"]
    assert (authority["organisation"], authority["since"]) == (OULU, "2025-01-01")
    assert authority["chain"] == [
        {"on": "2013-01-01", "source": None, "organisation": TE},
        {"on": "2021-03-01", "source": TE, "organisation": "oulu"},
        {"on": "2025-01-01", "source": "oulu", "organisation": OULU},
    ]
    assert found["text"]["fi"] == f"Toimivaltainen: {OULU}."


async def test_the_te_office_kept_all_others_until_the_employment_areas_began(
    region: Region,
) -> None:
    assert await region.one(BOTH[0], "564", "2024-12-31") == TE
    assert await region.one(BOTH[0], "564", "2025-01-01") == OULU
    for place in ("615", "889", "785"):  # in no trial, and in the area of eleven
        assert await region.one(BOTH[1], place, "2024-12-31") == TE
        assert await region.one(BOTH[1], place, "2025-01-01") == OULU


async def test_a_municipality_that_came_later_is_not_taken_for_one_that_was_there(
    region: Region,
) -> None:
    assert (await region.ask(BOTH[0], "785", "2015-12-31"))["verdict"] == "none"
    assert await region.one(BOTH[0], "785", "2016-01-01") == TE


async def test_kuusamo_is_elsewhere(region: Region) -> None:
    for place in ("305", "832"):
        assert await region.one(BOTH[0], place, "2024-12-31") == TE
        assert await region.one(BOTH[0], place, "2025-01-01") == KOILLISMAA


async def test_the_ely_centres_enterprises_went_to_the_elinvoimakeskus(region: Region) -> None:
    assert await region.one("business_services", "305", "2025-12-31") == ELY
    assert await region.one("business_services", "305", "2026-01-01") == EVK
    assert await region.one("environment", "305", "2025-12-31") == ELY


async def test_it_is_said_where_nobody_was_and_who_had_ended(region: Region) -> None:
    found = await region.ask("environment", "564", "2026-01-01")
    assert (found["verdict"], found["authorities"], found["ended"]) == ("none", [], [ELY])
    assert found["text"]["fi"] == "Kukaan ei ollut toimivaltainen."
    found = await region.ask(BOTH[0], "208", "2025-01-01")  # Kalajoki: nothing is known after TE
    assert (found["verdict"], found["ended"]) == ("none", [TE])
    assert (await region.ask("transport", "564", "2020-01-01"))["verdict"] == "none"


async def test_it_is_said_where_more_than_one_was(region: Region) -> None:
    await region.note("kela-pohjoinen", "mandates", tasks=["environment"])
    found = await region.ask("environment", "564", "2020-01-01")
    assert found["verdict"] == "several"
    assert [a["organisation"] for a in found["authorities"]] == [ELY, "kela-pohjoinen"]
    assert found["text"]["fi"].startswith("Useampi kuin yksi oli toimivaltainen")


async def test_everyone_hears_of_it_once(partners: Harness, region: Region) -> None:
    moved = {"tasks": ["business_services"], "successor": EVK, "on": "2026-01-01"}
    before = await partners.said()
    await region.note(ELY, "successions", **moved)
    assert await partners.said() == before
    told = await partners.said("partners.organisation.tasks_passed.v1")
    assert told[-1]["data"]["code"] == ELY
    assert told[-1]["data"]["successions"] == [{**moved, "areas": [], "withdrawn": None}]


async def test_nobody_succeeds_itself(region: Region) -> None:
    tag = {"If-Match": (await region.who.get(f"/organisations/{EVK}")).headers["ETag"]}
    body = {"tasks": ["transport"], "successor": EVK, "on": "2026-01-01"}
    path = f"/organisations/{EVK}/successions"
    refused = await region.who.post(path, json=body, headers=tag)
    assert refused.json()["type"].endswith("/problems/own-successor")


async def test_what_was_noted_by_mistake_stays_as_withdrawn_and_passes_nothing(
    partners: Harness, region: Region
) -> None:
    why = {"fi": "Väärä seuraaja", "sv": None, "en": None}
    ask = ("business_services", "564", "2026-06-01")
    await region.note(ELY, "successions", tasks=[ask[0]], successor=OULU, on="2026-01-01")
    assert (await region.ask(*ask))["verdict"] == "several"
    shown = await region.note(ELY, "successions/2/withdrawal", reason=why)
    assert shown["successions"][0]["withdrawn"] is None
    mistake = shown["successions"][1]
    assert (mistake["successor"], mistake["withdrawn"]["reason"]) == (OULU, why)
    assert await region.one(*ask) == EVK
    told = (await partners.said("partners.organisation.tasks_withdrawn.v1"))[-1]["data"]
    assert (told["code"], told["noted"], told["number"]) == (ELY, "successions", 2)
    assert told["successions"][1]["withdrawn"]["reason"]["fi"] == "Väärä seuraaja"
    again = await region.note(ELY, "successions", tasks=[ask[0]], successor=OULU, on="2026-01-01")
    assert [each["withdrawn"] is None for each in again["successions"]] == [True, False, True]


async def test_a_mandate_that_was_withdrawn_begins_no_chain(region: Region) -> None:
    await region.note("kela-pohjoinen", "mandates", tasks=["integration"])
    ask = ("integration", "564", "2024-01-01")
    before = [a["organisation"] for a in (await region.ask(*ask))["authorities"]]
    await region.note("kela-pohjoinen", "mandates/1/withdrawal", reason={"fi": "Ei Kelan"})
    after = [a["organisation"] for a in (await region.ask(*ask))["authorities"]]
    assert set(before) - set(after) == {"kela-pohjoinen"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("mandates/1", 404),  # it has none
        ("successions/2", 404),
        ("tasks/1", 422),
        ("successions/0", 422),
        ("successions/1", 409),
    ],
)
async def test_what_is_not_there_or_withdrawn_already_is_not_withdrawn(
    partners: Harness, region: Region, path: str, status: int
) -> None:
    await region.note(KELA, "successions", tasks=["transport"], successor=EVK, on="2026-01-01")
    shown = await region.note(KELA, "successions/1/withdrawal", reason={"fi": "Virhe"})
    tag = {"If-Match": f'"{shown["revision"]}"'}
    before = await partners.said()
    url = f"/organisations/{KELA}/{path}/withdrawal"
    refused = await region.who.post(url, json={"reason": {"fi": "Virhe"}}, headers=tag)
    assert (refused.status_code, await partners.said()) == (status, before)


async def test_only_the_coordinator_withdraws_and_says_why(
    partners: Harness, region: Region
) -> None:
    url = f"/organisations/{ELY}/successions/1/withdrawal"
    tag = {"If-Match": (await region.who.get(f"/organisations/{ELY}")).headers["ETag"]}
    party = partners.caller(ELY, "partners:write")
    assert (await party.post(url, json={"reason": {"fi": "Virhe"}}, headers=tag)).status_code == 403
    assert (await region.who.post(url, json={}, headers=tag)).status_code == 422
