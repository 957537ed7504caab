"""Kafka away, emptied, shortened, or wrongly made: it only carries."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx
import orjson
import pytest
from aiokafka.admin import NewTopic
from aiokafka.errors import KafkaError
from kit.embedded import Cluster
from kit.kafka import Position
from kit.places import place_of
from kit.relay import Sent
from kit.topics import PARTITIONS, administering, empty, prepare
from kumppani.broker import Broker
from sqlalchemy import text
from structlog.testing import capture_logs
from structlog.typing import EventDict

from .estate import Estate, an_estate, at_work, until
from .harm import as_relayed, ends, send, told
from .processes import processes

pytestmark = pytest.mark.timeout(300)  # brokers and processes start slowly on a busy machine
AWAY_SECONDS = 20.0


@pytest.fixture
async def frail(cluster: Cluster, tmp_path: Path, broker: Broker) -> AsyncIterator[Estate]:
    """Make an estate on a broker that the test may stop and empty."""
    async with an_estate(cluster, tmp_path, broker.servers) as made:
        await made.prepare()
        yield made


async def relayed(estate: Estate) -> Sent:
    """Wait until Kafka has all that was said."""
    await told(estate)  # ticks
    await until(lambda: is_relayed(estate))
    return await sent(estate)


async def sent(estate: Estate) -> Sent:
    """Say how far the relay is."""
    async with estate.producer.worker.begin() as tx:
        return Sent.loads(await place_of(tx, "relay", "kafka") or "")


async def is_relayed(estate: Estate) -> bool:
    async with estate.producer.worker.begin() as tx:
        kept = await place_of(tx, "relay", "kafka")
        last = await tx.scalar(text("SELECT max(id) FROM tick"))
    return kept is not None and Sent.loads(kept).place.tick == last


def feed_reads(estate: Estate) -> list[httpx.URL]:
    """Note each page of the feed that the consumer asks for."""
    reads: list[httpx.URL] = []

    async def note(request: httpx.Request) -> None:
        if request.url.path.endswith("/events"):
            reads.append(request.url)

    estate.consumer.http.event_hooks["request"].append(note)
    return reads


async def has_joined(estate: Estate) -> bool:
    """Say whether the consumer reads Kafka, and no feed in its stead."""
    async with estate.consumer.worker.begin() as tx:
        places = (await tx.scalars(text("SELECT place FROM place"))).all()
    return all(Position(*orjson.loads(place)).feed is None for place in places)


@pytest.mark.parametrize("late", [False, True])
async def test_what_kafka_no_longer_holds_is_read_from_the_feed_then_joined(
    kafka_estate: Estate, late: bool
) -> None:
    estate = kafka_estate
    reads = feed_reads(estate)
    async with at_work(estate.producer):
        await estate.count(*"aabb")
        if not late:
            async with at_work(estate.consumer):
                await estate.settled()
        assert not reads
        await estate.count(*"aabb")
        await relayed(estate)
        await empty(estate.servers, estate.producer.topics)
        await estate.count(*"ab")
        async with at_work(estate.consumer):
            await estate.settled()
            assert reads
            await estate.count(*"ab")
            await estate.settled()
            await until(lambda: has_joined(estate))
            number = len(reads)
            await estate.count(*"ab")
            await estate.settled()
            assert len(reads) == number
    assert await estate.heard("a") == await estate.heard("b") == list(range(7))
    assert await estate.letters() == []


async def lose_topics(estate: Estate) -> None:
    """Delete what Kafka holds of the producer, and make the topics again."""
    topics = estate.producer.topics
    async with administering(estate.servers) as admin:
        await admin.delete_topics(topics.names)

    async def made_again() -> bool:
        with suppress(KafkaError, TimeoutError):
            await prepare(estate.servers, topics)
            return not any((await ends(estate)).values())
        return False

    await until(made_again)


@pytest.mark.parametrize("more", [0, 10])
async def test_a_lost_log_is_filled_again_while_consumers_are_away(
    kafka_estate: Estate, more: int
) -> None:
    estate = kafka_estate
    with capture_logs() as logs:
        async with at_work(estate.producer):
            async with at_work(estate.consumer):
                await estate.count(*"aaabbb")
                await estate.settled()
            await estate.count(*"ab")
            before = await relayed(estate)
        await lose_topics(estate)
        async with at_work(estate.producer):
            await until(lambda: is_of_a_later_generation(estate, before))
            await estate.count(*"ab" * more)
            after = await relayed(estate)
            async with at_work(estate.consumer):
                await estate.settled()
    assert after.generation > before.generation
    assert more == 0 or all(end.offset > before.ends[n].offset for n, end in after.ends.items())
    assert await estate.heard("a") == await estate.heard("b") == list(range(4 + more))
    assert "a fact is missing" not in {line["event"] for line in logs}


async def is_of_a_later_generation(estate: Estate, before: Sent) -> bool:
    return (await sent(estate)).generation > before.generation


@pytest.mark.parametrize("away", [True, False])
async def test_a_relay_that_died_after_sending_into_the_emptied_log_skips_nothing(
    kafka_estate: Estate, away: bool
) -> None:
    estate = kafka_estate
    async with at_work(estate.consumer):
        async with at_work(estate.producer):
            await estate.count(*"aab")
            await estate.settled()
            before = await relayed(estate)
        if not away:
            await die_after_sending(estate, before)
            await until(lambda: has_put_aside_something(estate))
    if away:
        await die_after_sending(estate, before)
    async with estate.at_work():
        await estate.settled()
    assert (await sent(estate)).generation > before.generation
    assert [await estate.heard(name) for name in "ab"] == [list(range(7)), list(range(6))]
    assert await estate.letters() == []


async def die_after_sending(estate: Estate, before: Sent) -> None:
    """Empty the log, and send more into it than it held, as a relay that notes nothing of it."""
    await lose_topics(estate)
    said = len(await told(estate))
    await estate.count(*"ab" * 5)
    generation = ("generation", str(before.generation).encode())
    for raw in (await as_relayed(estate))[said:]:
        await send(estate, replace(raw, headers=[*raw.headers, generation]))


async def has_put_aside_something(estate: Estate) -> bool:
    return bool(await estate.letters())


async def test_writes_go_on_while_the_broker_is_away_and_drain_in_order(
    frail: Estate, broker: Broker
) -> None:
    written = 0
    async with frail.at_work():
        await frail.count(*"ab")
        await frail.settled()
        await asyncio.to_thread(broker.stop)
        back = time.monotonic() + AWAY_SECONDS
        while time.monotonic() < back:
            await frail.count(*"ab")
            written += 1
            await asyncio.sleep(0.02)
        await asyncio.to_thread(broker.start)
        await frail.settled()
    assert await frail.heard("a") == await frail.heard("b") == list(range(written + 1))


async def test_a_broker_that_lost_its_data_is_filled_again_under_those_who_listen(
    frail: Estate, broker: Broker
) -> None:
    async with frail.at_work():
        await frail.count(*"aaabbb")
        await frail.settled()
        before = await sent(frail)
        await asyncio.to_thread(broker.stop)
        broker.lose()  # its cluster's id stays
        await frail.count(*"ab" * 10)
        await asyncio.to_thread(broker.start)
        await frail.settled()
        after = await relayed(frail)
    assert after.generation > before.generation
    assert await frail.heard("a") == await frail.heard("b") == list(range(13))
    assert await frail.letters() == []


async def make_topics(estate: Estate, partitions: int, retention_ms: int) -> None:
    """Make the producer's topics otherwise than they are declared."""
    topics = estate.producer.topics
    configs = {**topics.configs, "retention.ms": str(retention_ms)}
    new = [NewTopic(name, partitions, 1, topic_configs=configs) for name in topics.names]
    async with administering(estate.servers) as admin:
        await admin.delete_topics(topics.names)

        async def made() -> bool:
            answer = await admin.create_topics(new)
            return all(code == 0 for _, code, _ in answer.topic_errors)

        await until(made)


async def test_wrong_topics_are_told_and_mended(kafka_estate: Estate, tmp_path: Path) -> None:
    estate = kafka_estate
    await make_topics(estate, PARTITIONS - 2, retention_ms=3_600_000)
    await estate.count(*"abcd")
    async with processes(estate, tmp_path) as running:
        with capture_logs() as logs:
            async with estate.at_work():
                await until(lambda: names_the_command(logs, estate))
                mending = await running.start(estate.producer, "topics")
                assert await mending.wait() == 0
                await estate.settled()
    assert [await estate.heard(name) for name in "abcd"] == [[0]] * 4


async def names_the_command(logs: list[EventDict], estate: Estate) -> bool:
    """Say whether the relay told what is wrong, and how it is mended."""
    name = estate.producer.name
    wrong = f"topic kumppani.{name}.counters: retention.ms is 3600000, not -1, it has 2 partitions"
    reasons = [str(line.get("reason", "")) for line in logs]
    return any(r.startswith(wrong) and r.endswith(f"python -m {name} topics") for r in reasons)


async def test_too_many_partitions_are_told_and_not_mended(
    kafka_estate: Estate, tmp_path: Path
) -> None:
    await make_topics(kafka_estate, PARTITIONS + 1, retention_ms=-1)
    async with processes(kafka_estate, tmp_path) as running:
        mending = await running.start(kafka_estate.producer, "topics")
        assert await mending.wait() == 1
        assert "delete the topic, and the relay fills it again" in running.log.read_text()
