"""(b) Outbox → Kafka by the relay, against raw `send` of the same records at its best."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaProducer
from kit.events import headers_of
from kit.memory import Told, beginning, page
from kit.topics import PARTITIONS, Topics, prepare

from ..faults.counting import new_name
from .facts import BEGUN, Source, Used, connected, source
from .ground import Ground
from .rounds import Figures, interleaved
from .table import CPU, RATE, Line, compared

TOOK = """
    SELECT extract(epoch FROM pg_xact_commit_timestamp(p.xmin)
           - pg_xact_commit_timestamp(o.xmin))::float8
    FROM place AS p, (SELECT xmin FROM outbox ORDER BY position DESC LIMIT 1) AS o
    WHERE p.consumer = 'relay'
"""


async def measure(ground: Ground, rounds: int, facts: int = 30_000) -> list[Line]:
    """Measure both with the same facts; each round has topics of its own."""
    records: list[dict[str, Any]] = []

    async def relay() -> Figures:
        async with source(ground) as said:
            figures = await relayed(said, facts)
            records[:] = records or await read(said, facts)
        return figures

    async def raw() -> Figures:
        topics = Topics(new_name("raw"), ("counters",))
        await prepare(ground.servers, topics)
        return await sent(ground.servers, topics.names[0], records)

    found = await interleaved("b", {"relay": relay, "raw send": raw}, rounds)
    name = "raw send, idempotent, linger 5 ms, 128 KB"
    what = f"outbox → Kafka, {facts:,} facts of 1 KB"
    return [compared("b", what, found["relay"], name, found["raw send"], "≥ 0.6")]


async def relayed(said: Source, facts: int) -> Figures:
    """Take the time from the facts' commit to the relay's last, by the database's own clock."""
    await said.begin()
    used = await Used.by(said.ground, said.database)
    await said.fill(facts)
    await said.relayed(facts + BEGUN)
    cpu = await used.seconds(said.ground, said.database)
    connection = await connected(said.ground, said.database)
    took = await connection.fetchval(TOOK)
    await connection.close()
    return {RATE: facts / took, CPU: cpu / facts * 1e6}


async def read(said: Source, facts: int) -> list[dict[str, Any]]:
    """Read the facts from the outbox, as records that only have to be sent."""
    name = f"/services/{said.service.name}"
    async with said.service.worker.engine.connect() as connection:
        place = await beginning(connection)
        told: list[Told] = []
        while len(told) < BEGUN + facts:
            more, place = await page(connection, place, 1000, None)
            told += more
    return [record(name, said.service.topics, fact) for fact in told[BEGUN:]]


def record(name: str, topics: Topics, fact: Told) -> dict[str, Any]:
    """Write what `send` takes; the partition as well, so that nothing has to be computed."""
    return {
        "value": fact.data.encode(),
        "key": fact.subject.encode(),
        "partition": topics.partition(fact.subject).partition,
        "timestamp_ms": int(fact.occurred_at.timestamp() * 1000),
        "headers": headers_of(name, fact),
    }


async def sent(servers: str, topic: str, records: Sequence[dict[str, Any]]) -> Figures:
    """Send all, and wait until all are acknowledged."""
    producer = AIOKafkaProducer(
        bootstrap_servers=servers,
        enable_idempotence=True,
        acks="all",
        linger_ms=5,
        max_batch_size=128 * 1024,
    )
    await producer.start()
    try:
        for partition in range(PARTITIONS):  # a new topic's first records find no leader yet
            await producer.send_and_wait(topic, b"{}", partition=partition)
        began, used = time.perf_counter(), time.process_time()
        await asyncio.gather(*[await producer.send(topic, **one) for one in records])
        took, cpu = time.perf_counter() - began, time.process_time() - used
    finally:
        await producer.stop()
    return {RATE: len(records) / took, CPU: cpu / len(records) * 1e6}
