"""The transport of an estate with Kafka: each partition is a stream.

A consumer's place is its own (in its database): the log's generation, the next offset, and,
while Kafka does not hold what comes next, how far the producer's feed has been read instead.
The one leading process reads all partitions; there is no consumer group that could take one away
in the middle of a batch. The group's name only serves the commits, which are for lag tools.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import astuple, dataclass

import orjson
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from kit.events import Record, record_of
from kit.jobs import end
from kit.logs import ANSWER_SECONDS, a_consumer, within_bounds
from kit.streams import PAGE, WAIT_SECONDS, Delivery, Feed, Stream
from kit.topics import administering, of_service, partition_number, partitions_of

LOOK_SECONDS = 2.0  # how often new topics are looked for


@dataclass(frozen=True)
class Position:
    """A place in a partition. With a feed's cursor ("" is its beginning): read the feed up to its
    end, then join the log at the offset; watermarks drop what both told.
    """

    generation: int
    offset: int
    feed: str | None = None

    def dumps(self) -> str:
        """Write it as a place."""
        return orjson.dumps(astuple(self)).decode()


class Partition:
    """One partition's records, and what Kafka no longer holds of them from the feed."""

    def __init__(
        self, at: TopicPartition, partitions: int, kafka: "Connection", feed: Feed
    ) -> None:
        self.name = f"kafka:{at.topic}:{at.partition}"
        self._at = at
        self._partitions = partitions
        self._kafka = kafka
        self._feed = feed

    async def read(self, place: str | None) -> Delivery:
        """Give what follows a place."""
        at = Position(*orjson.loads(place)) if place else await self._first()
        if at.feed is not None:
            return await self._catch_up(at, at.feed)
        records = await self._kafka.log.after(self._at, at.offset)
        if not records:
            return Delivery([], place or at.dumps())
        return self._deliver(at, records)

    async def _first(self) -> Position:
        """Begin with the log where it holds everything, else with the feed."""
        first = await self._kafka.log.first(self._at)
        return Position(0, first, feed="" if first else None)

    def _deliver(self, at: Position, records: Sequence[ConsumerRecord]) -> Delivery:
        if records[0].offset > at.offset:  # retention took what was between
            return Delivery([], Position(at.generation, records[0].offset, feed="").dumps())
        generation = max(at.generation, *map(generation_of, records))
        if generation > at.generation and at.offset > 0:  # the log was lost and filled again
            return Delivery([], Position(generation, 0).dumps())
        heard = [record_of(record.headers, record.value) for record in records]
        return Delivery(heard, Position(generation, records[-1].offset + 1).dumps())

    async def _catch_up(self, at: Position, cursor: str) -> Delivery:
        page = await self._feed.read(cursor or None, wait=0)
        if not page.records:
            return Delivery([], Position(at.generation, at.offset).dumps())
        heard = [record for record in page.records if self._is_ours(record)]
        return Delivery(heard, Position(at.generation, at.offset, page.place).dumps())

    def _is_ours(self, record: Record) -> bool:
        """Say whether a fact of the feed is one that this partition carries."""
        subject = str(record.attributes["subject"])
        kind = subject.partition("/")[0]
        number = partition_number(subject, self._partitions)
        return (kind, number) == (self._at.topic.rpartition(".")[2], self._at.partition)


class Log:
    """A consumer of some partitions; it seeks where a place is not where it stands.

    While a page is in the database the partition's next one is taken already: aiokafka fetches
    nothing of any partition while one has records that nobody took.
    """

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer
        self._next: dict[TopicPartition, int] = {}
        self._ahead: dict[TopicPartition, asyncio.Task[Sequence[ConsumerRecord]]] = {}

    async def after(self, at: TopicPartition, offset: int) -> Sequence[ConsumerRecord]:
        """Give the records from an offset on, or from the log's first where it begins later."""
        ahead = self._ahead.pop(at, None)
        if self._next.get(at) != offset:
            if ahead is not None:
                await end([ahead])
                ahead = None
            self._consumer.seek(at, offset)
            self._next[at] = offset
        try:
            records = await (ahead or self._fetched(at, PAGE))
        except UnicodeDecodeError:  # the name of a header: nothing of such a record can be read
            records = await self._one_by_one(at, offset)
        if records:
            self._next[at] = records[-1].offset + 1
            self._ahead[at] = asyncio.create_task(self._fetched(at, PAGE))
        return records

    async def close(self) -> None:
        """Let the consumer go, and what was taken ahead."""
        await end(self._ahead.values())
        await within_bounds(self._consumer)

    async def _fetched(self, at: TopicPartition, most: int) -> Sequence[ConsumerRecord]:
        found = await self._consumer.getmany(at, timeout_ms=WAIT_SECONDS * 1000, max_records=most)
        records: Sequence[ConsumerRecord] = found.get(at, ())
        return records

    async def _one_by_one(self, at: TopicPartition, offset: int) -> Sequence[ConsumerRecord]:
        """Give the next record, or a blank one in place of one that cannot be read."""
        self._consumer.seek(at, offset)
        try:
            return await self._fetched(at, 1)
        except UnicodeDecodeError:
            self._consumer.seek(at, offset + 1)
            return [blank(at, offset)]

    async def first(self, at: TopicPartition) -> int:
        """Give the offset that a partition begins with."""
        async with asyncio.timeout(ANSWER_SECONDS):
            return int((await self._consumer.beginning_offsets([at]))[at])

    async def commit(self) -> None:
        """Tell Kafka where we are; nothing rests on it."""
        if self._next:
            with suppress(KafkaError, TimeoutError):
                async with asyncio.timeout(1):
                    await self._consumer.commit(dict(self._next))


class Connection:
    """What all partitions read by: a consumer, which a new one follows when topics appear."""

    def __init__(self, servers: str, group: str) -> None:
        self._servers = servers
        self._group = group
        self._newest: Log | None = None
        self.log: Log

    async def follow(self, partitions: Sequence[TopicPartition]) -> None:
        """Read these partitions from now on. (aiokafka cannot change what a consumer in a group
        is assigned to: its coordinator stops at an assertion.) The one before is read until the
        new one has started.
        """
        consumer = a_consumer(self._servers, group_id=self._group)
        consumer.assign(partitions)
        before, self._newest = self._newest, Log(consumer)
        try:
            await consumer.start()
            self.log = self._newest
        finally:
            if before is not None:
                await before.close()

    async def close(self) -> None:
        """Let the present consumer go."""
        if self._newest is not None:
            await self._newest.close()


class Kafka:
    """What carries the facts of some services to one consumer."""

    def __init__(self, servers: str, consumer: str, feeds: Mapping[str, Feed]) -> None:
        self._servers = servers
        self._group = f"kumppani.{consumer}"
        self._feeds = feeds

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[AsyncIterator[Stream]]:
        """Connect, and give each partition as its topic appears. Raises `KafkaError`."""
        connection = Connection(self._servers, self._group)
        try:
            async with administering(self._servers) as admin:
                yield self._streams(admin, connection)
        finally:
            await connection.close()

    async def _streams(
        self, admin: AIOKafkaAdminClient, connection: Connection
    ) -> AsyncIterator[Stream]:
        known: dict[TopicPartition, Partition] = {}
        while True:
            async with asyncio.timeout(ANSWER_SECONDS):
                topics = await partitions_of(admin)
            new = self._new(topics, connection, known)
            if new:
                known |= new
                await connection.follow(list(known))
            for partition in new.values():
                yield partition
            await asyncio.sleep(LOOK_SECONDS)
            if known:
                await connection.log.commit()

    def _new(
        self,
        topics: Mapping[str, int],
        connection: Connection,
        known: Mapping[TopicPartition, Partition],
    ) -> dict[TopicPartition, Partition]:
        return {
            at: Partition(at, topics[topic], connection, feed)
            for source, feed in self._feeds.items()
            for topic in topics
            if of_service(topic, source)
            for at in (TopicPartition(topic, number) for number in range(topics[topic]))
            if at not in known
        }


def blank(at: TopicPartition, offset: int) -> ConsumerRecord[bytes, bytes]:
    """Stand for a record that cannot be read: it has no envelope, so it becomes a dead letter."""
    where = f"{at.topic}:{at.partition}:{offset}".encode()
    return ConsumerRecord(*at, offset, 0, 0, None, b"", None, 0, 0, (("ce_unreadable", where),))


def generation_of(record: ConsumerRecord) -> int:
    """Read which filling of the log a record belongs to; a record that was not ours has none."""
    value = next((value for name, value in reversed(record.headers) if name == "generation"), b"")
    return int(value) if value.isdigit() else 0
