"""Many facts of about 1 KB at once, and the small service that says them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import asyncpg
from kit.reactions import Reactions
from kit.relay import CONSUMER, STREAM, Sent
from kit.service import Role, Service
from kit.settings import ServiceSettings
from sqlalchemy import make_url

from ..faults.counting import new_name
from ..faults.estate import database, rows, settings
from .ground import Ground, backends, cpu_seconds, used_since

COUNTERS = 2000  # so many aggregates share the facts

BEGUN = 100  # facts of others that a new topic gets first: its first records find no leader yet

BEGIN = """
    INSERT INTO outbox (event_id, epoch, type, subject, sequence, headers, data, occurred_at)
    SELECT uuidv7(), 1, $1, 'counters/begun-' || n, 1, '{}', '{}', now()
    FROM generate_series(1, $2::integer) AS n
"""

FILL = """
    INSERT INTO outbox (event_id, epoch, type, subject, sequence, headers, data, occurred_at)
    SELECT uuidv7(), 1, $1, 'counters/' || n % $3, n / $3 + 1, '{}',
           jsonb_build_object('counter', (n % $3)::text, 'value', n / $3, 'note', repeat('x', 600)),
           now()
    FROM generate_series(0, $2::bigint - 1) AS n
"""

PLACE = "SELECT place FROM place WHERE consumer = :consumer AND stream = :stream"


@dataclass(frozen=True)
class Source:
    """A service with an outbox of its own."""

    ground: Ground
    service: Service
    database: str

    @property
    def type(self) -> str:
        """Name the fact that it says."""
        return f"{self.service.name}.counter.counted.v1"

    async def fill(self, facts: int) -> None:
        """Say many facts in one transaction."""
        connection = await connected(self.ground, self.database)
        await connection.execute(FILL, self.type, facts, COUNTERS)
        await connection.close()

    async def begin(self) -> None:
        """Let the relay send something to each partition."""
        connection = await connected(self.ground, self.database)
        await connection.execute(BEGIN, self.type, BEGUN)
        await connection.close()
        await self.relayed(BEGUN)

    async def relayed(self, facts: int) -> None:
        """Wait until the relay has had so many acknowledged."""
        while await self._acknowledged() < facts:
            await asyncio.sleep(0.05)

    async def ready(self) -> None:
        """Wait until the relay has begun."""
        while await self._place() is None:
            await asyncio.sleep(0.05)

    async def _acknowledged(self) -> int:
        place = await self._place()
        return sum(end.offset for end in Sent.loads(place).ends.values()) if place else 0

    async def _place(self) -> str | None:
        named = {"consumer": CONSUMER, "stream": STREAM}
        found = await rows(self.service.worker, PLACE, **named)
        return found[0]["place"] if found else None


async def connected(ground: Ground, name: str) -> asyncpg.Connection:
    """Connect as the superuser."""
    return await asyncpg.connect(user="postgres", database=name, host=str(ground.cluster.sockets))


@asynccontextmanager
async def source(ground: Ground) -> AsyncIterator[Source]:
    """Make a service on a fresh database, with a topic of its own; it ticks and relays."""
    async with (
        a_service(ground, new_name("counting"), ("counters",)) as made,
        made.service.working(Role.TICK, Role.RELAY),
    ):
        await made.ready()
        yield made


@asynccontextmanager
async def a_service(
    ground: Ground, name: str, kinds: tuple[str, ...], reactions: Reactions | None = None
) -> AsyncIterator[Source]:
    """Make a service on a fresh database, which goes with it."""
    urls = await database(ground.cluster)
    made: ServiceSettings = settings(name, urls, ground.servers)
    service = Service(name, made, kinds, reactions or Reactions({}))
    where = str(make_url(urls.owner).database)
    try:
        yield Source(ground, service, where)
    finally:
        with suppress(asyncio.CancelledError):
            await service.close()
        await asyncio.to_thread(ground.cluster.drop, where)


class Used:
    """The CPU that this process, and PostgreSQL for a database, use from now on."""

    def __init__(self, pids: dict[int, float]) -> None:
        self._before = pids
        self._began = time.process_time()

    @classmethod
    async def by(cls, ground: Ground, database: str) -> "Used":
        """Begin."""
        return cls(cpu_seconds(await backends(ground.cluster, database)))

    async def seconds(self, ground: Ground, database: str) -> float:
        """Give what was used since."""
        own = time.process_time() - self._began
        return own + used_since(self._before, cpu_seconds(await backends(ground.cluster, database)))
