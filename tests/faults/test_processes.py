"""Real processes that die, end in order, and stand by for one another."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from kit.service import Service
from kit.testing.harness import STANDING
from sqlalchemy import text

from .estate import Estate, has_heard, until
from .harm import ends, told
from .processes import Processes, processes, terminate
from .program import DIED, Moment

pytestmark = pytest.mark.timeout(300)  # processes start slowly on a busy machine
NAMES = "abcd"
STANDING_BY = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE '%pg_try_advisory_lock%'
      AND pid <> pg_backend_pid()
""")


@pytest.fixture
async def running(estate: Estate, tmp_path: Path) -> AsyncIterator[Processes]:
    """Let the estate run as processes, on each transport."""
    async with processes(estate, tmp_path) as made:
        yield made


@pytest.fixture
async def running_on_kafka(kafka_estate: Estate, tmp_path: Path) -> AsyncIterator[Processes]:
    """Let the estate run as processes, on Kafka."""
    async with processes(kafka_estate, tmp_path) as made:
        yield made


async def start_all(running: Processes) -> list[asyncio.subprocess.Process]:
    """Start the API, the relay where there is Kafka, and the listener."""
    started = [await running.start_api()]
    if running.estate.servers:
        started.append(await running.start(running.estate.producer, "relay"))
    return [*started, await running.start(running.estate.consumer, "listen")]


async def test_sigterm_under_load_loses_nothing(running: Processes) -> None:
    estate = running.estate
    acknowledged: dict[str, list[int]] = defaultdict(list)
    started = await start_all(running)
    await estate.count(*NAMES)
    await estate.settled()
    writing = [asyncio.create_task(write(running, name, acknowledged)) for name in NAMES]
    await until(lambda: has_begun(estate))
    await terminate(*started)
    await asyncio.gather(*writing)
    started = await start_all(running)
    await estate.settled()
    await terminate(*started)
    facts = await told(estate)
    for name in NAMES:
        values = list(range(sum(fact.subject == f"counters/{name}" for fact in facts)))
        assert await estate.heard(name) == values
        assert acknowledged[name] == values[1:]  # the first was said by ourselves


async def has_begun(estate: Estate) -> bool:
    """Say whether the consumer has heard some of each."""
    return all([len(await estate.heard(name)) > 3 for name in NAMES])


async def write(running: Processes, name: str, acknowledged: dict[str, list[int]]) -> None:
    """Count on as a partner's system does, until nobody answers."""
    token = running.issuer.token("oulu", ["write"], client=STANDING)
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http:
        while True:
            key = {"Idempotency-Key": uuid4().hex}
            try:
                answer = await http.post(f"{running.url}/counters/{name}/counts", headers=key)
            except httpx.TransportError:
                return
            acknowledged[name].append(answer.raise_for_status().json()["value"])


async def test_a_producer_killed_between_send_and_cursor_doubles_nothing(
    running_on_kafka: Processes,
) -> None:
    estate = running_on_kafka.estate
    await estate.count(*"aabbab")
    await told(estate)  # ticks
    dying = await running_on_kafka.start(estate.producer, "relay", dies=Moment.SENT)
    assert await dying.wait() == DIED
    assert sum((await ends(estate)).values()) == 6
    async with estate.at_work():
        await estate.settled()
        assert sum((await ends(estate)).values()) == 12
    assert await estate.heard("a") == await estate.heard("b") == [0, 1, 2]


async def test_a_consumer_killed_before_it_commits_to_kafka_doubles_nothing(
    running_on_kafka: Processes,
) -> None:
    estate = running_on_kafka.estate
    await estate.count(*"aabbab")
    relay = await running_on_kafka.start(estate.producer, "relay")
    dying = await running_on_kafka.start(estate.consumer, "listen", dies=Moment.HEARD)
    assert await dying.wait() == DIED
    await terminate(relay)
    async with estate.at_work():
        await estate.count(*"ab")
        await estate.settled()
    assert await estate.heard("a") == await estate.heard("b") == [0, 1, 2, 3]


async def test_a_listener_takes_over_from_one_that_was_killed(running: Processes) -> None:
    estate = running.estate
    await running.start_api()
    async with estate.producer.working():
        leader = await running.start(estate.consumer, "listen")
        await estate.count("a")
        await estate.settled()
        await running.start(estate.consumer, "listen")
        await until(lambda: is_stood_by(estate.consumer))
        await taken_over(leader, estate)


async def test_a_relay_takes_over_from_one_that_was_killed(running_on_kafka: Processes) -> None:
    estate = running_on_kafka.estate
    async with estate.consumer.working():
        leader = await running_on_kafka.start(estate.producer, "relay")
        await estate.count("a")
        await estate.settled()
        await running_on_kafka.start(estate.producer, "relay")
        await until(lambda: is_stood_by(estate.producer))
        await taken_over(leader, estate)


async def is_stood_by(service: Service) -> bool:
    """Say whether a second process waits: for the leader's lock, and for its ticker's."""
    async with service.worker.begin() as tx:
        return (await tx.scalar(STANDING_BY)) == len({"leader", "standby", "its ticker"})


async def taken_over(leader: asyncio.subprocess.Process, estate: Estate) -> float:
    """Kill the leader; give the seconds until a fact that was said then is heard."""
    leader.kill()
    killed = time.monotonic()
    await estate.count("a")
    await until(lambda: has_heard(estate, "a", [0, 1]))
    return time.monotonic() - killed
