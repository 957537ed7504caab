"""Asking for the numbers of a service that are not counted as they happen."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import orjson
from asyncpg import PostgresError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import QueuePool

from kit import clock
from kit.database import Database
from kit.leader import lock_key
from kit.logs import End
from kit.memory import EPOCH, Place
from kit.numbers import Value
from kit.relay import CONSUMER, Sent

if TYPE_CHECKING:
    from kit.service import Service

FRESH_SECONDS = 5.0  # however many ask, the database is asked this often
PATIENCE_SECONDS = 2.0
MOST = 100_000  # counting on would tell nothing new

PLACES = text("SELECT consumer, stream, place FROM place")
POSITION = text("SELECT coalesce(max(position), 0) FROM outbox")
TICKS = text("SELECT max(id) FROM tick")
SNAPSHOT = text("""
    SELECT id, snapshot::text, pg_snapshot_xmax(snapshot)::text AS xmax,
           ARRAY(SELECT pg_snapshot_xip(snapshot))::text AS running
    FROM tick WHERE id = :id
""")

# All that the relay's snapshot does not show, less what it sent of the batch that it is in.
WAITING = text("""
    SELECT count(*) AS facts, min(occurred_at) AS since
    FROM (
        (SELECT xid, position, occurred_at FROM outbox
         WHERE xid >= CAST(CAST(:xmax AS text) AS xid8) ORDER BY xid LIMIT :most)
        UNION ALL
        (SELECT xid, position, occurred_at FROM outbox
         WHERE xid = ANY (CAST(CAST(:running AS text) AS xid8[])))
    ) AS unseen
    WHERE NOT (position <= :position
               AND pg_visible_in_snapshot(xid, CAST(CAST(:until AS text) AS pg_snapshot)))
""")
ASIDE = text("""
    SELECT reason, count(*) AS letters, min(arrived_at) AS since
    FROM (SELECT reason, arrived_at FROM dead_letter ORDER BY id LIMIT :most) AS aside
    GROUP BY reason
""")
PARKED = text("""
    SELECT count(DISTINCT (source, subject))
    FROM (SELECT source, subject FROM dead_letter ORDER BY id LIMIT :most) AS aside
    WHERE subject IS NOT NULL
""")
LOCKS = text("""
    SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
""")


Ask = Callable[[AsyncConnection], Awaitable[Value]]


class Gauges:
    """Asks, for whoever looks, at most every five seconds and for at most two."""

    def __init__(self, service: "Service") -> None:
        self._service = service
        self._asking = asyncio.Lock()
        self._until = 0.0
        self._asks: list[Ask] = []

    def also(self, ask: Ask) -> None:
        """Ask the database for what only this service has."""
        self._asks.append(ask)

    async def refresh(self) -> None:
        """Bring the service's numbers up to date."""
        async with self._asking:
            if time.monotonic() < self._until:
                return
            self._service.numbers.show(await self._values())
            self._until = time.monotonic() + FRESH_SECONDS

    def forget(self) -> None:
        """Ask anew at the next look."""
        self._until = 0.0

    async def _values(self) -> list[Value]:
        found, kafka = await asyncio.gather(self._of_database(), self._of_kafka())
        return [*found, *kafka, *of_pools(self._service), *of_hearing(self._service)]

    async def _of_database(self) -> list[Value]:
        reachable: list[Value] = []
        with suppress(SQLAlchemyError, PostgresError, OSError, TimeoutError):
            async with (
                asyncio.timeout(PATIENCE_SECONDS),
                self._service.worker.engine.connect() as connection,
            ):
                reachable = [value async for value in of_database(self._service, connection)]
                reachable += [await ask(connection) for ask in self._asks]
        return [Value("kumppani_database_reachable", bool(reachable)), *reachable]

    async def _of_kafka(self) -> list[Value]:
        servers = self._service.settings.kafka
        if not servers:
            return []
        answers = await asyncio.gather(*(is_reachable(server) for server in servers.split(",")))
        return [Value("kumppani_kafka_reachable", any(answers))]


async def is_reachable(server: str) -> bool:
    """Say whether a broker takes connections; whether it works, the outbox's age tells."""
    host, _, port = server.strip().rpartition(":")
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, writer = await asyncio.open_connection(host, int(port))
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


async def of_database(service: "Service", connection: AsyncConnection) -> AsyncIterator[Value]:
    """Ask one connection for all that the database knows."""
    yield Value("kumppani_outbox_position", await connection.scalar(POSITION) or 0)
    yield Value("kumppani_ticks", await connection.scalar(TICKS) or 0)
    async for value in of_letters(connection):
        yield value
    places = {(p.consumer, p.stream): p.place for p in await connection.execute(PLACES)}
    for value in of_places(places):
        yield value
    if service.relays:
        kept = next((place for (who, _), place in places.items() if who == CONSUMER), None)
        async for value in of_relay(connection, Sent.loads(kept) if kept else None):
            yield value
    held = set(await connection.scalars(LOCKS))
    for name in roles(service):
        role = name.partition(" ")[0]
        yield Value("kumppani_led", lock_key(name) in held, (role,))
        yield Value("kumppani_leads", name in service.worker.leads, (role,))


async def of_letters(connection: AsyncConnection) -> AsyncIterator[Value]:
    """Count what was put aside; a reason that there is none of counts too."""
    aside = {row.reason: row for row in await connection.execute(ASIDE, {"most": MOST})}
    for reason in ("poison", "parked", "gap"):
        row = aside.get(reason)
        yield Value("kumppani_dead_letters", row.letters if row else 0, (reason,))
        yield Value("kumppani_dead_letter_seconds", age(row.since) if row else 0, (reason,))
    yield Value("kumppani_parked_aggregates", await connection.scalar(PARKED, {"most": MOST}) or 0)


def of_places(places: dict[tuple[str, str], str]) -> Iterator[Value]:
    """Tell how far each partition has been heard."""
    for (_, stream), place in places.items():
        transport, _, rest = stream.partition(":")
        if transport == "kafka" and rest:
            topic, _, partition = rest.rpartition(":")
            yield Value("kumppani_heard_offset", orjson.loads(place)[1], (topic, partition))


async def of_relay(connection: AsyncConnection, sent: Sent | None) -> AsyncIterator[Value]:
    """Tell how far the relay is, and what it has before it."""
    epoch = await connection.scalar(EPOCH) or 1
    place = sent.place if sent and sent.place.epoch == epoch else Place(epoch)
    facts, seconds = await waiting(connection, place)
    yield Value("kumppani_outbox_waiting", facts)
    yield Value("kumppani_outbox_waiting_seconds", seconds)
    if sent:
        yield Value("kumppani_relay_generation", sent.generation)
        for name, end in sent.ends.items():
            yield of_end(name, end)


def of_end(name: str, end: End) -> Value:
    """Tell how far a partition was filled."""
    topic, _, partition = name.rpartition(":")
    return Value("kumppani_relayed_offset", end.offset, (topic, partition))


async def waiting(connection: AsyncConnection, place: Place) -> tuple[int, float]:
    """Count the facts after a place, and say how old the first is, in seconds."""
    seen = (await connection.execute(SNAPSHOT, {"id": place.tick})).one()
    until = (await connection.execute(SNAPSHOT, {"id": place.until})).one()
    bounds = {"xmax": seen.xmax, "running": seen.running, "until": until.snapshot}
    partly = place.position if place.until > place.tick else 0
    found = await connection.execute(WAITING, bounds | {"position": partly, "most": MOST})
    row = found.one()
    return row.facts, age(row.since) if row.since else 0.0


def age(since: datetime) -> float:
    """Give the seconds since an instant."""
    return max(0.0, (clock.now() - since).total_seconds())


def roles(service: "Service") -> Iterator[str]:
    """Name the roles in which a process of this service leads."""
    yield "ticker"
    if service.relays:
        yield CONSUMER
    if service.inbox.reactions.sources:
        yield f"listen {service.inbox.consumer}"


def of_pools(service: "Service") -> Iterator[Value]:
    """Tell how busy the connections are."""
    pools: dict[str, Database] = {"app": service.database, "worker": service.worker}
    for name, database in pools.items():
        pool = database.engine.pool
        if isinstance(pool, QueuePool):
            yield Value("kumppani_pool_size", pool.size(), (name,))
            yield Value("kumppani_pool_in_use", pool.checkedout(), (name,))


def of_hearing(service: "Service") -> Iterator[Value]:
    """Tell how far this process is behind with each stream that it hears."""
    now = clock.now().timestamp()
    for stream, until in service.inbox.heard_until.items():
        transport, _, rest = stream.partition(":")
        source = rest if transport == "feed" else rest.split(".")[1]
        yield Value("kumppani_lag_seconds", max(0.0, now - until), (source, stream))
