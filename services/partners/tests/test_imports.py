"""Directories are imported a record at a time, with word of what was taken, and the same again
changes nothing.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from kit import clock
from kit.embedded import Cluster
from kit.requests import MOST_BYTES
from kit.testing import Harness
from kit.testing.harness import harness
from partners.commands import keep_importing
from partners.domain.offering_lifecycle import OfferingStatus
from partners.hsds import writing
from partners.hsds.identity import service_id
from partners.hsds.writing import Listed
from sqlalchemy import text

from .catalogue import a_place, an_offering, step
from .conftest import ORGANISATIONS
from .directories import (
    PTV_CHANNELS,
    PTV_SERVICE,
    PTV_YOUTH,
    PTV_YOUTH_CHANNELS,
    UK,
    UK_IN_PRACTICE,
)
from .hsds_schemas import must_be_valid
from .hsds_services import listings

PAUSED = OfferingStatus.PAUSED
UK_DIRECTORY = {
    "format": "hsds", "directory": {"contents": [UK]}, "needs": {"mh": "mental_wellbeing"},
}  # fmt: skip
PTV_DIRECTORY = {
    "format": "ptv", "needs": {"uraohjaus": "career_guidance"},
    "directory": {"services": [PTV_SERVICE], "serviceChannels": PTV_CHANNELS},
}  # fmt: skip


async def begin(service: Harness, body: dict[str, Any], by: str = "oulu", *scopes: str) -> Any:
    """Begin an import."""
    answer = await service.caller(by, *scopes).post("/catalogue/imports", json=body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/catalogue/imports/{answer.json()['id']}"
    return answer.json()


async def taken(service: Harness, body: dict[str, Any], by: str = "oulu") -> list[dict[str, Any]]:
    """Import a directory to its end; give what became of its records."""
    begun = await begin(service, body, by)
    await service.look_at_the_clock(clock.now())
    path = f"/catalogue/imports/{begun['id']}"
    ended = (await service.caller(by).get(path)).json()
    assert ended["status"] == "ended", ended
    assert ended["progress"]["done"] == ended["progress"]["total"]
    found = await service.caller(by).get(f"{path}/records", params={"limit": 200})
    return list(found.json()["items"])


def outcomes(records: list[dict[str, Any]]) -> list[str]:
    """Give the outcomes alone."""
    return [record["outcome"] for record in records]


async def exported(service: Harness) -> list[dict[str, Any]]:
    """Export the catalogue."""
    query = {"full": True, "per_page": 500}
    answer = await service.caller("oulu").get("/hsds/services", params=query)
    return list(answer.json()["contents"])


def copy(services: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Carry services as JSON."""
    return list(json.loads(json.dumps(services)))


def timeless(services: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out when this catalogue learnt it, which is its own."""
    for each in services:
        del each["last_modified"]
        for seats in each["capacities"]:
            del seats["updated"]
    return sorted(services, key=lambda each: str(each["id"]))


def reasons(record: dict[str, Any]) -> set[tuple[str, str]]:
    """Give what a record's notes say."""
    return {(note["pointer"], note["code"]) for note in record["notes"]}


@pytest.fixture
async def elsewhere(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    """Run the service of another region, with the same partners."""
    async with harness(cluster, tmp_path_factory.mktemp("elsewhere"), "partners") as running:
        coordinator = running.caller("oulu", "partners:coordinate")
        for organisation in ORGANISATIONS:
            await coordinator.post("/organisations", json=organisation)
        yield running


async def told(service: Harness) -> int:
    """Count what was said, but for what the clock says."""
    clock_says = "'partners.register.confirmed.v1', 'partners.offering.capacity_went_stale.v1'"
    query = f"SELECT count(*) FROM outbox WHERE type NOT IN ({clock_says})"
    async with service.service.worker.begin() as tx:
        return int(await tx.scalar(text(query)))


async def test_what_was_exported_changes_nothing_when_it_is_imported(partners: Harness) -> None:
    caller = partners.caller("oulu")
    for changes in ({}, {"code": "toinen", "places": [a_place(street=None)], "channels": []}):
        assert (await caller.post("/offerings", json=an_offering(**changes))).status_code == 201
    await step(partners, "pause", 1)
    before, said = await exported(partners), await told(partners)
    records = await taken(partners, {"format": "hsds", "directory": {"contents": before}})
    assert [(r["outcome"], r["notes"]) for r in records] == [("unchanged", [])] * 2
    assert await exported(partners) == before
    assert await told(partners) == said + 2  # of the import itself


async def test_export_import_export_is_the_identity_elsewhere(
    partners: Harness, elsewhere: Harness
) -> None:
    """A hundred services that say anything there is to say, in pages as a harvester gets them."""
    drawn: list[Listed] = []

    @settings(
        max_examples=100, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(listings())
    def draw(listed: Listed) -> None:
        service = listed.service.model_copy(update={"theme": None})  # of an agreement: not here
        status = PAUSED if listed.status == OfferingStatus.ENDED else listed.status
        drawn.append(replace(listed, id=uuid4(), service=service, status=status))

    draw()
    sent = json.loads(json.dumps([writing.service(each) for each in drawn]))
    for page in (sent[:50], sent[50:]):
        records = await taken(partners, {"format": "hsds", "directory": {"services": page}})
        outcome = [(record["outcome"], record["notes"]) for record in records]
        assert outcome == [("taken", [])] * len(page)
    first = await exported(partners)
    assert len({each["status"] for each in first}) == 2
    assert timeless(copy(sent)) == timeless(copy(first))
    for page in (first[:50], first[50:]):
        await taken(elsewhere, {"format": "hsds", "directory": {"contents": page}})
    assert timeless(await exported(elsewhere)) == timeless(copy(first))
    said = await told(elsewhere)
    again = await taken(elsewhere, {"format": "hsds", "directory": {"contents": first[:50]}})
    assert outcomes(again) == ["unchanged"] * 50
    assert await told(elsewhere) == said + 2  # of the import itself


async def test_a_directory_larger_than_other_bodies_is_taken_whole(partners: Harness) -> None:
    contents = [{"id": "x", "description": "y" * 9000} for _ in range(250)]
    assert len(json.dumps(contents)) > 2 * MOST_BYTES
    records = await taken(partners, {"format": "hsds", "directory": {"contents": contents}})
    assert [record["number"] for record in records] == [*range(200)]
    assert outcomes(records) == ["refused"] * 200  # the first page of them
    counted = "SELECT count(*) FROM catalogue_import_record WHERE record IS NULL"
    async with partners.service.worker.begin() as tx:
        assert await tx.scalar(text(counted)) == 250


async def test_channels_that_would_be_kept_with_too_many_services_are_refused(
    partners: Harness,
) -> None:
    channel = {"id": "c", "serviceChannelNames": [{"language": "fi", "value": "x" * 2**20}]}
    service = {"id": "s", "serviceChannels": [{"serviceChannel": {"id": "c"}}]}
    for many, status in ((63, 202), (65, 422)):
        directory = {"services": [service] * many, "serviceChannels": [channel]}
        body = {"format": "ptv", "directory": directory}
        answer = await partners.caller("oulu").post("/catalogue/imports", json=body)
        assert answer.status_code == status, answer.text


async def test_a_paused_offering_is_paused_elsewhere(partners: Harness, elsewhere: Harness) -> None:
    await partners.caller("oulu").post("/offerings", json=an_offering())
    await step(partners, "pause", 1)
    directory = {"format": "hsds", "directory": {"contents": await exported(partners)}}
    assert outcomes(await taken(elsewhere, directory)) == ["taken"]
    assert timeless(await exported(elsewhere)) == timeless(await exported(partners))
    kinds = [fact["type"] for fact in await elsewhere.said() if "offering" in fact["type"]]
    assert kinds == ["partners.offering.published.v1", "partners.offering.paused.v1"]


async def test_a_directory_of_the_uk_profile_is_taken_once(partners: Harness) -> None:
    [record] = await taken(partners, UK_DIRECTORY)
    assert record["outcome"] == "taken"
    assert reasons(record) >= {("/contacts", "not-taken"), ("/capacities", "not-said")}
    offering = (await partners.caller("oulu").get(f"/offerings/{record['offering']}")).json()
    assert offering["code"] == "community-counselling-ac148810"
    assert (offering["organisation"], offering["status"]) == ("oulu", "published")
    [again] = await taken(partners, UK_DIRECTORY)
    assert (again["outcome"], again["offering"]) == ("unchanged", offering["code"])
    other = {**UK, "name": "Counselling", "status": "inactive"}
    [changed] = await taken(partners, UK_DIRECTORY | {"directory": {"contents": [other]}})
    assert (changed["outcome"], changed["offering"]) == ("changed", offering["code"])
    [service] = await exported(partners)
    assert (service["id"], service["name"]) == (UK["id"], "Counselling")
    assert service["status"] == "temporarily closed"


async def test_a_directory_of_the_ptv_is_taken_once(partners: Harness) -> None:
    [record] = await taken(partners, PTV_DIRECTORY)
    assert record["outcome"] == "taken"
    assert ("/requirements", "not-taken") in reasons(record)
    assert outcomes(await taken(partners, PTV_DIRECTORY)) == ["unchanged"]
    gone = {**PTV_SERVICE, "publishingStatus": "Deleted"}
    directory = {"services": [gone], "serviceChannels": PTV_CHANNELS}
    assert outcomes(await taken(partners, PTV_DIRECTORY | {"directory": directory})) == ["changed"]
    assert [each["status"] for each in await exported(partners)] == ["defunct"]
    [back] = await taken(partners, PTV_DIRECTORY)
    assert (back["outcome"], reasons(back)) == ("refused", {("/status", "ended")})


async def test_a_whole_directory_of_the_ptv_is_taken_as_its_api_gives_it(
    partners: Harness,
) -> None:
    """Two pages of the API; Helsinki is known once its area was imported."""
    coordinator = partners.caller("oulu", "partners:coordinate")
    area = {"kind": "municipality", "code": "091", "name": {"fi": "Helsinki"}}
    answer = await coordinator.post("/areas/imports", json={"records": [area]})
    assert answer.status_code == 200, answer.text
    page = {"pageNumber": 1, "pageSize": 100, "pageCount": 1}
    directory = {
        "services": page | {"itemList": [PTV_SERVICE, PTV_YOUTH]},
        "serviceChannels": page | {"itemList": [*PTV_CHANNELS, *PTV_YOUTH_CHANNELS]},
    }
    body = {"format": "ptv", "otherwise": ["job_search"], "directory": directory}
    first, second = await taken(partners, body)
    assert outcomes([first, second]) == ["taken", "taken"]
    assert ("/areas", "not-all-known") not in reasons(first)
    offering = (await partners.caller("oulu").get(f"/offerings/{first['offering']}")).json()
    assert offering["audience"]["municipalities"] == ["564", "244", "091"]
    for service in await exported(partners):
        must_be_valid(service, "service")
    assert outcomes(await taken(partners, body)) == ["unchanged"] * 2


async def test_a_directory_of_the_uk_profile_in_practice_is_exported_to_the_same(
    partners: Harness, elsewhere: Harness
) -> None:
    body = {"format": "hsds", "directory": {"contents": [UK_IN_PRACTICE]}}
    assert outcomes(await taken(partners, body | {"otherwise": ["job_search"]})) == ["taken"]
    first = await exported(partners)
    must_be_valid(first[0], "service")
    records = await taken(elsewhere, {"format": "hsds", "directory": {"contents": first}})
    assert [(r["outcome"], r["notes"]) for r in records] == [("taken", [])]
    assert timeless(await exported(elsewhere)) == timeless(copy(first))


async def test_a_bad_record_is_refused_alone(partners: Harness) -> None:
    directory = [
        {**UK, "id": str(uuid4())}, "nonsense", {**UK, "minimum_age": 200},
        {**UK, "attributes": []}, {**UK, "status": "defunct", "id": str(uuid4())},
    ]  # fmt: skip
    records = await taken(partners, UK_DIRECTORY | {"directory": {"contents": directory}})
    assert outcomes(records) == ["taken", "refused", "refused", "refused", "refused"]
    assert reasons(records[2]) == {("/audience/age_from", "less_than_equal")}
    assert reasons(records[3]) == {("/needs", "too_short")}
    assert reasons(records[4]) == {("/status", "ended")}
    assert len(await exported(partners)) == 1
    [ended] = await partners.said("partners.import.ended.v1")
    assert {n: ended["data"][n] for n in ("taken", "changed", "unchanged", "refused")} == {
        "taken": 1, "changed": 0, "unchanged": 0, "refused": 4,
    }  # fmt: skip


async def test_an_empty_directory_is_taken_at_once(partners: Harness) -> None:
    assert await taken(partners, {"format": "hsds", "directory": {"contents": []}}) == []


async def test_capacity_changes_and_what_is_taken_elsewhere_stays(partners: Harness) -> None:
    await partners.caller("oulu").post("/offerings", json=an_offering())
    [service] = await exported(partners)
    service["capacities"][0] |= {"maximum": 20, "available": 5}
    records = await taken(partners, {"format": "hsds", "directory": {"contents": [service]}})
    assert outcomes(records) == ["changed"]
    path = "/offerings/ohjaamo-oulu-guidance"
    offering = (await partners.caller("oulu").get(path)).json()
    assert (offering["capacity"], offering["taken_elsewhere"]) == (20, 2)


async def test_anothers_services_are_not_taken_for_ones_own(partners: Harness) -> None:
    await partners.caller("oulu").post("/offerings", json=an_offering())
    before = await exported(partners)
    [record] = await taken(
        partners, {"format": "hsds", "directory": {"contents": before}}, "kela-pohjoinen"
    )
    assert reasons(record) == {("/organization/id", "another-providers")}
    nameless = [{n: v for n, v in before[0].items() if "organization" not in n}]
    body = {"format": "hsds", "directory": {"contents": nameless}}
    [record] = await taken(partners, body, "kela-pohjoinen")
    assert reasons(record) == {("/id", "another-providers")}
    assert await exported(partners) == before


async def test_only_the_coordinator_imports_for_another(partners: Harness) -> None:
    body = UK_DIRECTORY | {"organisation": "kela-pohjoinen"}
    caller = partners.caller("oulu", "partners:write")
    refused = await caller.post("/catalogue/imports", json=body)
    assert refused.status_code == 403
    assert refused.json()["type"].endswith("/not-the-provider")
    scopes = ("partners:write", "partners:read", "partners:coordinate")
    begun = await begin(partners, body, "oulu", *scopes)
    await partners.look_at_the_clock(clock.now())
    path = f"/catalogue/imports/{begun['id']}"
    for reader, status in (("oulu", 200), ("kela-pohjoinen", 200), ("te-pohjois-pohjanmaa", 404)):
        for suffix in ("", "/records"):
            assert (await partners.caller(reader).get(path + suffix)).status_code == status
    [service] = await exported(partners)
    assert service["organization"]["name"] == "Kela, Pohjoinen vakuutuspiiri"


@pytest.mark.parametrize(
    "change",
    [
        {"directory": {}},
        {"directory": {"contents": {}}},
        {"directory": []},
        {"format": "csv"},
        {"format": "ptv"},
        {"needs": {"mh": "no-need"}},
        {"otherwise": ["no-need"]},
        {"intensity": "strong"},
        {"rest": 1},
    ],
)
async def test_a_bad_directory_begins_nothing(partners: Harness, change: dict[str, Any]) -> None:
    before = await told(partners)
    caller = partners.caller("oulu")
    answer = await caller.post("/catalogue/imports", json=UK_DIRECTORY | change)
    assert answer.status_code == 422, answer.text
    assert await told(partners) == before


async def test_progress_is_seen_and_a_death_between_steps_does_no_harm(
    partners: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = [{**UK, "id": str(uuid4()), "status": "inactive"} for _ in range(3)]
    begun = await begin(partners, UK_DIRECTORY | {"directory": {"contents": directory}})
    path = f"/catalogue/imports/{begun['id']}"
    real, steps, seen = keep_importing.change, 0, set()

    async def dying(*args: Any, **values: Any) -> None:
        nonlocal steps
        steps += 1
        await real(*args, **values)
        if steps % 2:
            raise ConnectionError

    monkeypatch.setattr(keep_importing, "change", dying)
    while (shown := (await partners.caller("oulu").get(path)).json())["status"] == "running":
        seen.add(shown["progress"]["done"])
        assert steps < 50
        try:
            async with partners.service.worker.begin() as tx:
                await keep_importing.keep_importing(tx, clock.now())
        except ConnectionError:
            continue
    assert seen == {0, 1, 2, 3}
    assert shown["progress"]["taken"] == 3
    kinds = [fact["type"] for fact in await partners.said() if "offering" in fact["type"]]
    assert sorted(kinds) == 3 * ["partners.offering.paused.v1"] + 3 * [
        "partners.offering.published.v1"
    ]


async def test_a_page_of_another_directory_is_read_over_http(partners: Harness) -> None:
    await partners.caller("oulu").post("/offerings", json=an_offering())
    address = httpx.ASGITransport(partners.app)
    async with httpx.AsyncClient(transport=address, base_url="http://open") as anybody:
        page = (await anybody.get("/hsds/services", params={"full": True})).json()
    records = await taken(partners, {"format": "hsds", "directory": page})
    assert outcomes(records) == ["unchanged"]
    assert page["contents"][0]["id"] == str(service_id("ohjaamo-oulu-guidance"))
