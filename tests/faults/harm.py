"""What is done to an estate: rows taken away, leaders cut off, records that nobody should send."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy
from kit.database import Database
from kit.events import headers_of
from kit.logs import reading
from kit.memory import Told, beginning, page
from kit.service import Service
from kit.ticks import tick
from kit.topics import MOST_BYTES
from sqlalchemy import text

from .counting import new_name
from .estate import TEMPLATE, Estate, disconnected, name_of

COLUMNS = "event_id, epoch, type, subject, sequence, concerns, headers, data, occurred_at"
ASIDE = f"CREATE TABLE aside AS SELECT {COLUMNS} FROM outbox WHERE {{where}};"
BACK = f"""
DELETE FROM outbox WHERE event_id IN (SELECT event_id FROM aside);
INSERT INTO outbox ({COLUMNS}) SELECT {COLUMNS} FROM aside;
DROP TABLE aside;
"""
CUT_LEADERS = text("""
    SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE locktype = 'advisory' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
""")
CUT_ALL = text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
""")


async def change_history(estate: Estate, script: str) -> None:
    """Let the superuser write in the producer's database, where nobody else may."""
    name = name_of_database(estate.producer)
    await asyncio.to_thread(estate.cluster.sql, script, name)


def name_of_database(service: Service) -> str:
    """Give the name of a service's database."""
    return name_of(service.settings.worker_url)


def owner_url(service: Service) -> str:
    """Give the URL of a service's database as its owner sees it."""
    return service.settings.worker_url.replace(f"{TEMPLATE}_worker", f"{TEMPLATE}_owner")


async def hold_back(estate: Estate, where: str) -> None:
    """Take facts out of the producer's outbox, as if they were not committed yet."""
    await change_history(estate, f"{ASIDE.format(where=where)} DELETE FROM outbox WHERE {where};")


async def spoil(estate: Estate, where: str, how: str) -> None:
    """Change facts in the producer's outbox, where nothing is ever changed."""
    script = f"{ASIDE.format(where=where)} UPDATE outbox SET {how} WHERE {where};"
    await change_history(estate, script)


async def let_go(estate: Estate) -> None:
    """Put back what was held back or spoilt; it comes as what commits late does."""
    await change_history(estate, BACK)


async def cut_leaders(service: Service) -> None:
    """End the connections that leaders lead by: they do not know yet, and others may lead."""
    async with service.worker.begin() as tx:
        await tx.execute(CUT_LEADERS)


async def cut_all(service: Service) -> None:
    """End all of the worker's connections, as the database does when their process dies."""
    async with service.worker.begin() as tx:
        await tx.execute(CUT_ALL)
    await service.worker.engine.dispose()


async def copy_of(estate: Estate, service: Service) -> str:
    """Take a backup of a service's database; give its name."""
    await disconnected(service)
    name, backup = name_of_database(service), new_name("past")
    await asyncio.to_thread(
        estate.cluster.sql, f"CREATE DATABASE {backup} TEMPLATE {name} OWNER {TEMPLATE}_owner;"
    )
    return backup


async def put_back(estate: Estate, service: Service, backup: str) -> None:
    """Restore a service's database from its backup."""
    await disconnected(service)
    name = name_of_database(service)
    script = f"DROP DATABASE {name} WITH (FORCE); ALTER DATABASE {backup} RENAME TO {name};"
    await asyncio.to_thread(estate.cluster.sql, script)


async def told(estate: Estate) -> list[Told]:
    """Give all that the producer said, in its order."""
    return await told_in(estate.producer.worker)


async def told_in(database: Database) -> list[Told]:
    """Give all that was said in a database, in its order."""
    async with database.engine.connect() as connection:
        await tick(connection)
        await connection.commit()
        facts, place = [], await beginning(connection)
        while True:
            more, after = await page(connection, place, 500, None)
            facts += more
            if after == place:
                return facts
            place = after


@dataclass(frozen=True)
class Raw:
    """A record as anybody may send it."""

    subject: str
    headers: Sequence[tuple[Any, bytes]]
    value: bytes | None


async def as_relayed(estate: Estate) -> list[Raw]:
    """Write all that the producer said as the relay does; who changes it is a bad relay."""
    return [
        Raw(fact.subject, headers_of(estate.source, fact), fact.data.encode())
        for fact in await told(estate)
    ]


async def send(estate: Estate, *records: Raw) -> None:
    """Send records past the relay, each in a batch of its own."""
    producer = AIOKafkaProducer(bootstrap_servers=estate.servers, acks="all")
    await producer.start()
    try:
        for record in records:
            at = estate.producer.topics.partition(record.subject)
            batch = producer.create_batch()
            batch._builder = a_python_builder()
            key = record.subject.encode()
            batch.append(key=key, value=record.value, timestamp=None, headers=record.headers)
            await (await producer.send_batch(batch, at.topic, partition=at.partition))
    finally:
        await producer.stop()


class Undecodable(str):
    """A header's name that is no text, which aiokafka's own producer would not send."""

    def encode(self, *_: str) -> bytes:
        """Give bytes that nobody decodes."""
        return b"ce_\xff\xfe"


def a_python_builder() -> _DefaultRecordBatchBuilderPy:
    """Build batches in Python: the compiled builder sees through `Undecodable`."""
    return _DefaultRecordBatchBuilderPy(2, 0, 0, -1, -1, 0, MOST_BYTES)


async def ends(estate: Estate) -> dict[TopicPartition, int]:
    """Say where each partition ends."""
    async with reading(estate.servers) as consumer:
        return dict(await consumer.end_offsets(estate.producer.topics.partitions))
