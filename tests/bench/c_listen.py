"""(c) Kafka → projection with watermark, against raw `getmany`, and against FastStream."""

import asyncio
import time
from collections.abc import Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition
from faststream.kafka import KafkaBroker
from kit.database import Transaction
from kit.events import Event
from kit.kafka import Kafka
from kit.listen import Listener
from kit.reactions import OnMany, Reactions
from kit.service import collect_seldom
from kit.streams import Stream
from pydantic import BaseModel
from sqlalchemy import text

from ..faults.counting import CountHeard, new_name
from .facts import Source, a_service, source
from .ground import Ground, backends, cpu_seconds, used_since
from .rounds import Figures, interleaved
from .table import CPU, RATE, Line, compared

PAGE = 500

KEEP = text("""
    INSERT INTO counter (id, value, revision)
    SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:values AS integer[]), CAST(:at AS bigint[]))
    ON CONFLICT (id) DO UPDATE SET value = excluded.value, revision = excluded.revision
    WHERE counter.revision < excluded.revision
""")


class Steady:
    """Counts from the end of the first batch on, so that no side's beginning is measured."""

    def __init__(self, facts: int) -> None:
        self._left = facts
        self._counted = 0
        self._began = 0.0
        self._used = 0.0
        self.took = 0.0
        self.cpu = 0.0
        self.done = asyncio.Event()

    def count(self, records: int) -> None:
        """Note a batch that was handled."""
        if not records:
            return
        if self._began:
            self._counted += records
        else:
            self._began, self._used = time.perf_counter(), time.process_time()
        self._left -= records
        if self._left <= 0:
            self.took = time.perf_counter() - self._began
            self.cpu = time.process_time() - self._used
            self.done.set()

    def figures(self, database_seconds: float = 0.0) -> Figures:
        """Give how many each second, and the CPU of each, with PostgreSQL's for it."""
        cpu = self.cpu + database_seconds
        return {RATE: self._counted / self.took, CPU: cpu / self._counted * 1e6}


async def keep(tx: Transaction, facts: Sequence[tuple[CountHeard, Event]]) -> None:
    """Project: how far each counter is, by one statement for all facts of a batch."""
    last = {said.counter: (said.value, event.sequence) for said, event in facts}
    values = [value for value, _ in last.values()]
    await tx.execute(
        KEEP, {"ids": list(last), "values": values, "at": [at for _, at in last.values()]}
    )


async def measure(ground: Ground, rounds: int, facts: int = 50_000) -> list[Line]:
    """Let all three read the same topic, in a process that collects garbage as a worker does."""
    collect_seldom()
    async with source(ground) as said:
        await said.fill(facts)
        await said.relayed(facts)
        topic, servers = said.service.topics.names[0], ground.servers
        sides = {
            "listener": lambda: projected(said, facts),
            "raw getmany(500)": lambda: fetched(servers, topic, facts),
            "FastStream, parses only": lambda: subscribed(servers, topic, facts),
        }
        found = await interleaved("c", sides, rounds)
    what = f"Kafka → projection, {facts:,} facts of 1 KB"
    aims = {"raw getmany(500)": "≥ 0.2", "FastStream, parses only": "≥ 0.6"}
    return [
        compared("c", what, found["listener"], name, found[name], aim) for name, aim in aims.items()
    ]


async def projected(said: Source, facts: int) -> Figures:
    """Hear all facts with watermarks, on a fresh database."""
    ground = said.ground
    reactions = Reactions({said.type: OnMany(CountHeard, keep)}, ("counter",))
    async with a_service(ground, new_name("hearing"), (), reactions) as hearing:
        service = hearing.service
        transport = Kafka(ground.servers, service.name, {said.service.name: None})  # type: ignore[dict-item]
        listener = Listener(service.worker, service.inbox, transport)
        steady = Steady(facts)
        before = cpu_seconds(await backends(ground.cluster, hearing.database))
        async with transport.opened() as streams, asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(follow(listener, await anext(streams), steady)) for _ in range(4)
            ]
            await steady.done.wait()
            used = used_since(before, cpu_seconds(await backends(ground.cluster, hearing.database)))
            for task in tasks:
                task.cancel()
    return steady.figures(used)


async def follow(listener: Listener, stream: Stream, steady: Steady) -> None:
    """Step for ever, and count."""
    while True:
        steady.count(await listener.step(stream))


async def fetched(servers: str, topic: str, facts: int) -> Figures:
    """Only fetch."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=servers, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        consumer.assign([TopicPartition(topic, number) for number in range(4)])
        steady = Steady(facts)
        while not steady.done.is_set():
            found = await consumer.getmany(timeout_ms=1000, max_records=PAGE)
            steady.count(sum(map(len, found.values())))
        return steady.figures()
    finally:
        await consumer.stop()


class Counted(BaseModel):
    """What FastStream's subscriber parses."""

    counter: str
    value: int


async def subscribed(servers: str, topic: str, facts: int) -> Figures:
    """Let FastStream parse, and do nothing with it."""
    broker = KafkaBroker(servers, logger=None)
    steady = Steady(facts)

    @broker.subscriber(
        topic,
        group_id=new_name("group"),
        batch=True,
        max_records=PAGE,
        auto_offset_reset="earliest",
    )
    async def hear(counts: list[Counted]) -> None:
        steady.count(len(counts))

    async with broker:
        await broker.start()
        await steady.done.wait()
        return steady.figures()
