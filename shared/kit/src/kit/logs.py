"""What Kafka holds of a service's topics: where each partition begins and ends, and its last."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition

ANSWER_SECONDS = 10.0  # aiokafka's awaits can hang while the broker is away
STOP_SECONDS = 2.0


@dataclass(frozen=True)
class End:
    """Where a partition ended when we last sent, and the id of the fact that it ended with."""

    offset: int
    last: str


class Logs:
    """The partitions, as they are now."""

    def __init__(self, consumer: AIOKafkaConsumer, partitions: Sequence[TopicPartition]) -> None:
        self._consumer = consumer
        self._partitions = partitions

    async def have_shrunk(self, ends: Mapping[str, End]) -> bool:
        """Say whether a partition ends before it did. Cheap: one request to each broker."""
        async with asyncio.timeout(ANSWER_SECONDS):
            now = await self._consumer.end_offsets(self._partitions)
        return any(now[at] < ends[key(at)].offset for at in self._partitions if key(at) in ends)

    async def have_lost(self, ends: Mapping[str, End]) -> bool:
        """Say whether what was acknowledged is gone, even if as much has been sent since."""
        if await self.have_shrunk(ends):
            return True
        for partition in self._partitions:
            end = ends.get(key(partition))
            if end and await self._fact_before(partition, end.offset) not in (end.last, None):
                return True
        return False

    async def _fact_before(self, partition: TopicPartition, offset: int) -> str | None:
        """Give the id of the fact before an offset; none where retention has taken it."""
        async with asyncio.timeout(ANSWER_SECONDS):
            first = (await self._consumer.beginning_offsets([partition]))[partition]
            if first >= offset:
                return None
            self._consumer.assign([partition])
            self._consumer.seek(partition, offset - 1)
            found = await self._consumer.getone(partition)
        return str(dict(found.headers).get("ce_id", b""), "utf-8", "replace")


def key(partition: TopicPartition) -> str:
    """Name a partition in what is kept."""
    return f"{partition.topic}:{partition.partition}"


def a_consumer(servers: str, **options: str) -> AIOKafkaConsumer:
    """Make a consumer that reads where it is told to, and commits nothing by itself."""
    return AIOKafkaConsumer(
        bootstrap_servers=servers,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        request_timeout_ms=int(ANSWER_SECONDS * 1000),
        **options,
    )


@asynccontextmanager
async def reading(servers: str) -> AsyncIterator[AIOKafkaConsumer]:
    """Open a consumer; close it within a bound."""
    consumer = a_consumer(servers)
    try:
        await consumer.start()
        yield consumer
    finally:
        await within_bounds(consumer)


async def within_bounds(client: object) -> None:
    """Stop one of aiokafka's clients; one that hangs is left to end by itself."""
    stopping = asyncio.create_task(client.stop())  # type: ignore[attr-defined]
    await asyncio.wait([stopping], timeout=STOP_SECONDS)
    if stopping.done() and not stopping.cancelled():
        stopping.exception()  # it is gone either way
