"""What `/-/metrics` tells of the bus is so."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import orjson
import pytest
from fastapi import FastAPI
from kit import desk
from kit.database import Database
from kit.embedded import Cluster
from kit.events import Record
from kit.memory import beginning, page
from kit.numbers import GAUGES
from kit.places import move_place
from kit.relay import CONSUMER, STREAM, Sent
from kit.service import Role, Service
from kit.ticks import tick
from prometheus_client.parser import text_string_to_metric_families

from .counting import count, fact_of
from .estate import Estate, an_estate, until

OF_REFERRALS = {"kumppani_contact_seconds"}  # test_contact.py there
NOBODY = "127.0.0.1:9"  # an address where no broker is

Shown = dict[tuple[str, ...], float]


@pytest.fixture
async def unreached(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Estate]:
    """Make an estate whose Kafka is away."""
    async with an_estate(cluster, tmp_path, NOBODY) as made:
        yield made


async def shown(estate: Estate, service: Service) -> Shown:
    """Read a service's numbers, as they are now: by name and labels, in the labels' order."""
    service.gauges.forget()
    app: FastAPI = next(app for app in estate.apps if app.state.service is service)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://here"
    ) as caller:
        answer = (await caller.get("/-/metrics")).raise_for_status()
    return {
        (sample.name, *(v for k, v in sorted(sample.labels.items()) if k != "service")): value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        for value in [sample.value]
    }


async def ticked(service: Service) -> None:
    """Record a snapshot."""
    async with service.worker.engine.begin() as connection:
        await tick(connection)


async def relayed(service: Service, facts: int) -> None:
    """Move the relay on as if so many facts had been sent."""
    async with service.worker.begin() as tx:
        _, place = await page(tx, await beginning(tx), facts, None)
        await move_place(tx, CONSUMER, STREAM, None, Sent(place, 1, {}).dumps())


async def test_facts_that_were_committed_and_not_relayed_are_counted(unreached: Estate) -> None:
    producer = unreached.producer
    await unreached.count(*"aabbb")
    assert (await shown(unreached, producer))["kumppani_outbox_waiting",] == 5
    await ticked(producer)
    await relayed(producer, 2)  # a part of the batch only
    await unreached.count("c")
    after = await shown(unreached, producer)
    assert after["kumppani_outbox_waiting",] == 4
    assert after["kumppani_outbox_position",] == 6
    assert after["kumppani_relay_generation",] == 1
    assert after["kumppani_ticks",] == 1


async def test_a_fact_that_commits_late_is_waiting_though_the_relay_is_past_its_position(
    unreached: Estate,
) -> None:
    producer = unreached.producer
    async with producer.database.begin() as late:
        await count(late, fact_of(producer.name), "late")
        await unreached.count("early")
        await ticked(producer)
        await relayed(producer, 100)
        assert (await shown(unreached, producer))["kumppani_outbox_waiting",] == 0
    after = await shown(unreached, producer)
    assert after["kumppani_outbox_waiting",] == 1
    assert after["kumppani_outbox_waiting_seconds",] > 0


async def test_a_broker_that_is_away_and_who_leads_are_told(unreached: Estate) -> None:
    producer = unreached.producer
    before = await shown(unreached, producer)
    assert before["kumppani_kafka_reachable",] == 0
    assert before["kumppani_database_reachable",] == 1
    assert before["kumppani_led", "ticker"] == before["kumppani_leads", "ticker"] == 0
    async with producer.working(Role.TICK):

        async def led() -> bool:
            now = await shown(unreached, producer)
            return now["kumppani_led", "ticker"] == now["kumppani_leads", "ticker"] == 1

        await until(led)
        producer.worker.leads.clear()  # as another process sees it
        now = await shown(unreached, producer)
        assert (now["kumppani_led", "ticker"], now["kumppani_leads", "ticker"]) == (1, 0)


async def test_facts_put_aside_are_counted_by_reason(unreached: Estate) -> None:
    consumer, source = unreached.consumer, unreached.producer.name
    attributes = {
        "id": "01939d3e-0000-7000-8000-000000000001", "type": f"{source}.counter.counted.v1",
        "source": f"/services/{source}", "subject": "counters/a", "epoch": 1,
        "time": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    async with consumer.worker.begin() as tx:
        for sequence in ("1", "2", "3"):
            await consumer.inbox.receive(tx, [Record(attributes | {"sequence": sequence}, b"{}")])
    now = await shown(unreached, consumer)
    letters = [now["kumppani_dead_letters", reason] for reason in ("poison", "parked", "gap")]
    assert letters == [1, 2, 0]
    assert now["kumppani_parked_aggregates",] == 1
    assert now["kumppani_dead_letter_seconds", "poison"] > 0


async def test_how_far_each_stream_is_heard_is_told(estate: Estate, transport: str) -> None:
    source = estate.producer.name
    await estate.count(*"abcdefgh")
    async with estate.at_work():
        await estate.settled()
        told = await shown(estate, estate.consumer)
        lags = {key[1]: value for key, value in told.items() if key[0] == "kumppani_lag_seconds"}
        assert lags.keys() == {source}
        assert all(0 <= lag < 60 for lag in lags.values())
        assert told["kumppani_led", "listen"] == 1

        async def same() -> bool:
            sent = await offsets(estate, estate.producer, "kumppani_relayed_offset")
            return sent == await offsets(estate, estate.consumer, "kumppani_heard_offset")

        await until(same)
        sent = await offsets(estate, estate.producer, "kumppani_relayed_offset")
        assert sum(sent.values()) == (8 if transport else 0)
        if transport:
            all_shown = [await shown(estate, each) for each in (estate.producer, estate.consumer)]
            told = {name for each in all_shown for name, *_ in each}
            assert told >= GAUGES.keys() - OF_REFERRALS
    assert not [k for k in await shown(estate, estate.consumer) if k[0] == "kumppani_lag_seconds"]


async def offsets(estate: Estate, service: Service, name: str) -> Shown:
    """Give a service's offsets by partition and topic, of the partitions that hold anything."""
    found = await shown(estate, service)
    return {key[1:]: value for key, value in found.items() if key[0] == name and value}


async def test_however_many_ask_the_database_is_asked_once_in_some_seconds(
    unreached: Estate,
) -> None:
    producer = unreached.producer
    await asyncio.gather(*(producer.gauges.refresh() for _ in range(5)))
    await unreached.count("a")
    await producer.gauges.refresh()
    assert b"kumppani_outbox_position{" in producer.numbers.text()
    assert b'"} 0.0' in next(
        line
        for line in producer.numbers.text().splitlines()
        if line.startswith(b"kumppani_outbox_position{")
    )


async def test_a_database_that_is_away_leaves_the_rest_of_the_numbers(unreached: Estate) -> None:
    producer = unreached.producer
    producer.worker = Database("postgresql+asyncpg://nobody@127.0.0.1:9/nothing", pool_size=3)
    found = await shown(unreached, producer)
    assert found["kumppani_database_reachable",] == 0
    assert ("kumppani_outbox_position",) not in found
    assert found["kumppani_pool_size", "worker"] == 3


async def told_by(service: Service, program: str, letter_id: int | None) -> list[str]:
    """Run a program to its end; give its lines."""
    return [line async for line in desk.work(service, program, letter_id)]


async def test_an_operator_lists_shows_redrives_and_discards_what_was_put_aside(
    unreached: Estate,
) -> None:
    consumer, source = unreached.consumer, unreached.producer.name
    attributes = {
        "id": "01939d3e-0000-7000-8000-000000000001", "type": f"{source}.counter.counted.v1",
        "source": f"/services/{source}", "subject": "counters/a", "epoch": 1,
        "time": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    async with consumer.worker.begin() as tx:
        whole = b'{"counter": "a", "value": 7}'
        for sequence, data in (("1", b"{}"), ("2", whole)):
            record = Record(attributes | {"sequence": sequence}, data)
            await consumer.inbox.receive(tx, [record])
    listed = [orjson.loads(line) for line in await told_by(consumer, "letters", None)]
    assert [row["reason"] for row in listed] == ["poison", "parked"]
    poison, parked = (row["id"] for row in listed)
    (shown_line,) = await told_by(consumer, "letters", parked)
    assert orjson.loads(shown_line)["data"] == whole.decode()
    assert await told_by(consumer, "redrive", poison) == ["2 still put aside"]
    (poison, _) = (orjson.loads(row)["id"] for row in await told_by(consumer, "letters", None))
    assert await told_by(consumer, "discard", poison) == ["0 still put aside"]
    assert await unreached.heard("a") == [7]
    for unknown in (poison, None):
        with pytest.raises(desk.NoLetter):
            await told_by(consumer, "discard", unknown)
    assert await told_by(consumer, "replay", None) == [f"{consumer.name} begins from zero"]
    assert await unreached.heard("a") == []
