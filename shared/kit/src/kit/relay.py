"""The relay: one more reader of the outbox, which carries it to Kafka in order.

Kafka only carries. The relay remembers how each partition ended; where that is no longer so,
Kafka has lost data. Then a new generation begins: everything is sent again, from the outbox's
beginning, and its number in each record tells consumers to begin again too.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import orjson
import structlog
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.producer.message_accumulator import BatchBuilder

from kit import clock, tracing
from kit.database import Database
from kit.events import headers_of
from kit.leader import leading
from kit.logs import End, Logs, key, reading, within_bounds
from kit.memory import Place, Told, beginning, page
from kit.places import move_place, place_of
from kit.ticks import Ticker
from kit.topics import Topics, empty, prepare

log = structlog.get_logger()

CONSUMER, STREAM = "relay", "kafka"
PAGE = 1000
BATCH_BYTES = 256 * 1024
SEND_SECONDS = 10.0  # aiokafka's awaits can hang while the broker is away
IDLE_SECONDS = 0.05
LOOKS = 100  # idle rounds between two looks at the logs


class LogShrank(Exception):
    """Kafka acknowledged a fact at an offset that it had given before."""


@dataclass(frozen=True)
class Sent:
    """How far the relay is: its place in the outbox, and how each partition ended there."""

    place: Place
    generation: int
    ends: dict[str, End]

    def dumps(self) -> str:
        """Write it for the database."""
        return orjson.dumps(self).decode()

    @classmethod
    def loads(cls, kept: str) -> "Sent":
        """Read it back."""
        values = orjson.loads(kept)
        ends = {name: End(**end) for name, end in values["ends"].items()}
        return cls(Place(**values["place"]), values["generation"], ends)


class Relay:
    """Carries one service's facts to Kafka."""

    def __init__(
        self, database: Database, ticker: Ticker, source: str, topics: Topics, servers: str
    ) -> None:
        self._database = database
        self._ticker = ticker
        self._source = source
        self._topics = topics
        self._servers = servers

    async def run(self) -> None:
        """Carry for ever, as the one leader. Raises where Kafka or the database fails."""
        async with leading(self._database, CONSUMER):
            await prepare(self._servers, self._topics)
            async with reading(self._servers) as consumer, sending(self._servers) as producer:
                await self._carry(producer, Logs(consumer, self._topics.partitions))

    async def _carry(self, producer: AIOKafkaProducer, logs: Logs) -> None:
        sent = await self._kept()
        if sent.place.epoch != await self._epoch():
            await empty(self._servers, self._topics)  # the history that was lost with the epoch
            sent = await self._begin_anew(sent, "the database was restored")
        elif await logs.have_lost(sent.ends):
            sent = await self._begin_anew(sent)
        while True:
            for _ in range(LOOKS):
                sent = await self.step(producer, sent)
            if await logs.have_shrunk(sent.ends):
                sent = await self._begin_anew(sent)

    async def step(self, producer: AIOKafkaProducer, sent: Sent) -> Sent:
        """Send one page, and move on once all of it is acknowledged; wait where there is none."""
        told, place = await self._page(sent.place)
        if place == sent.place:
            await self._ticker.wait(IDLE_SECONDS)
            return sent
        began = time.time_ns()
        try:
            async with asyncio.timeout(SEND_SECONDS):
                ends = await self._send(producer, told, sent)
            tracing.sent(told, self._topics, began)
            sent = await self._move(sent, replace(sent, place=place, ends=sent.ends | ends))
        except* LogShrank:
            sent = await self._begin_anew(sent)
        return sent

    async def _page(self, place: Place) -> tuple[list[Told], Place]:
        async with self._database.engine.connect() as connection:
            return await page(connection, place, PAGE, None)

    async def _send(
        self, producer: AIOKafkaProducer, told: Sequence[Told], sent: Sent
    ) -> dict[str, End]:
        shares: dict[TopicPartition, list[Told]] = defaultdict(list)
        for fact in told:
            shares[self._topics.partition(fact.subject)].append(fact)
        async with asyncio.TaskGroup() as group:
            shared = {
                key(at): group.create_task(self._send_to(producer, at, facts, sent))
                for at, facts in shares.items()
            }
        return {name: task.result() for name, task in shared.items()}

    async def _send_to(
        self, producer: AIOKafkaProducer, at: TopicPartition, facts: Sequence[Told], sent: Sent
    ) -> End:
        """Send one partition's share, batch by batch, and see where Kafka put it."""
        expected = sent.ends[key(at)].offset if key(at) in sent.ends else 0
        generation = str(sent.generation).encode()
        begun = 0
        while begun < len(facts):
            batch = producer.create_batch()
            begun += fill(batch, self._source, facts[begun:], generation)
            acknowledged = await (
                await producer.send_batch(batch, at.topic, partition=at.partition)
            )
            if acknowledged.offset < expected:
                raise LogShrank
            expected = acknowledged.offset + batch.record_count()
        return End(expected, str(facts[-1].event_id))

    async def _kept(self) -> Sent:
        """Give the place to go on from; the first time, the outbox's beginning."""
        async with self._database.begin() as tx:
            kept = await place_of(tx, CONSUMER, STREAM)
            sent = Sent.loads(kept) if kept else Sent(await beginning(tx), new_generation(0), {})
            if kept is None:
                await move_place(tx, CONSUMER, STREAM, None, sent.dumps())
        return sent

    async def _epoch(self) -> int:
        async with self._database.begin() as tx:
            return (await beginning(tx)).epoch

    async def _begin_anew(self, sent: Sent, why: str = "Kafka has lost data") -> Sent:
        """Begin a new generation at the outbox's beginning."""
        generation = new_generation(sent.generation)
        log.error("Kafka is filled again", reason=why, generation=generation)
        async with self._database.engine.connect() as connection:
            start = await beginning(connection)
        return await self._move(sent, Sent(start, generation, {}))

    async def _move(self, old: Sent, new: Sent) -> Sent:
        async with self._database.begin(lasting=False) as tx:
            await move_place(tx, CONSUMER, STREAM, old.dumps(), new.dumps())
        return new


def new_generation(old: int) -> int:
    """Number a generation by the clock, in seconds: a restored place does not know the last."""
    return max(old + 1, int(clock.now().timestamp()))


def fill(batch: BatchBuilder, source: str, facts: Sequence[Told], generation: bytes) -> int:
    """Put facts into a batch until it is full; say how many it took, at least one."""
    for taken, fact in enumerate(facts):
        kept = batch.append(
            key=fact.subject.encode(),
            value=fact.data.encode(),
            timestamp=int(fact.occurred_at.timestamp() * 1000),
            headers=[*headers_of(source, fact), ("generation", generation)],
        )
        if kept is None:
            return taken
    return len(facts)


@asynccontextmanager
async def sending(servers: str) -> AsyncIterator[AIOKafkaProducer]:
    """Open a producer; on the way out it is dropped within a bound, whatever it still holds."""
    producer = AIOKafkaProducer(
        bootstrap_servers=servers,
        enable_idempotence=True,
        acks="all",
        max_batch_size=BATCH_BYTES,
        request_timeout_ms=int(SEND_SECONDS * 1000),
    )
    try:
        await producer.start()
        yield producer
    finally:
        await within_bounds(producer)
