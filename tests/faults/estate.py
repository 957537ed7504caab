"""Who counts and who hears, each on a database of its own, over one transport or the other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count as count_up
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI
from kit.database import Database
from kit.embedded import Cluster, Urls
from kit.inbox import Inbox
from kit.issuer import DevelopmentIssuer
from kit.listen import redrive
from kit.migrate import run
from kit.reactions import On, Reactions
from kit.service import Role, Service
from kit.settings import ServiceSettings
from kit.testing.harness import AUDIENCE, ISSUER, STANDING, make_settings
from kit.topics import prepare
from sqlalchemy import make_url, text
from sqlalchemy.util import await_only

from .counting import SCHEMA, count, counting, fact_of, hearing, new_name

PATIENCE_SECONDS = 90.0  # a machine that is busy elsewhere starts a process in half a minute
TEMPLATE = "faults"  # each test's databases are copies of this one
MADE: set[Path] = set()  # the clusters that have it

HEARD = text("SELECT value FROM heard WHERE counter = :counter ORDER BY at")
LETTERS = text("SELECT * FROM dead_letter ORDER BY id")
LAST = text("""
    SELECT DISTINCT ON (subject) subject, epoch, sequence
    FROM outbox ORDER BY subject, epoch DESC, sequence DESC
""")
MARKS = text("SELECT subject, epoch, sequence FROM watermark WHERE consumer = :consumer")


@dataclass
class Estate:
    """One producer and one consumer, with whatever carries facts between them."""

    cluster: Cluster
    producer: Service
    consumer: Service
    apps: list[FastAPI]

    @property
    def servers(self) -> str:
        """Give Kafka's address; nothing on the feed."""
        return self.producer.settings.kafka

    @property
    def source(self) -> str:
        """Give the producer's name in an envelope."""
        return f"/services/{self.producer.name}"

    def hear_by(self, *reacts: On[Any], version: int = 1) -> None:
        """Let the consumer react otherwise, from version `version` of the fact on."""
        name = f"{self.producer.name}.counter.counted"
        table = {f"{name}.v{version + n}": on for n, on in enumerate(reacts)}
        self.consumer.inbox = Inbox(self.consumer.name, Reactions(table, ("heard",)))

    async def count(self, *counters: str) -> None:
        """Count on, a command for each."""
        for counter in counters:
            async with self.producer.database.begin() as tx:
                await count(tx, fact_of(self.producer.name), counter)

    async def count_together(self, *counters: str) -> None:
        """Count on, all in one transaction: their facts come in one batch."""
        async with self.producer.database.begin() as tx:
            for counter in counters:
                await count(tx, fact_of(self.producer.name), counter)

    def neighbours(self, number: int) -> list[str]:
        """Name counters that share a partition."""
        names = (f"n{n}" for n in count_up())
        partition = self.producer.topics.partition
        there = partition("counters/n0")
        return list(islice((n for n in names if partition(f"counters/{n}") == there), number))

    async def prepare(self) -> None:
        """Make the topics, where there is Kafka; listeners that find none look again after 2 s."""
        if self.servers:
            await prepare(self.servers, self.producer.topics)

    async def heard(self, counter: str) -> list[int]:
        """Give what the consumer heard of a counter, in its order."""
        async with self.consumer.worker.begin() as tx:
            return list(await tx.scalars(HEARD, {"counter": counter}))

    async def settled(self) -> None:
        """Wait until the consumer has heard all that was said."""
        await until(self.is_settled)

    async def is_settled(self) -> bool:
        async with self.producer.worker.begin() as tx:
            said = set(await tx.execute(LAST))
        async with self.consumer.worker.begin() as tx:
            marks = set(await tx.execute(MARKS, {"consumer": self.consumer.inbox.consumer}))
        return said == marks

    async def letters(self) -> list[dict[str, Any]]:
        """List what the consumer put aside."""
        async with self.consumer.worker.begin() as tx:
            return [dict(row) for row in (await tx.execute(LETTERS)).mappings()]

    async def redrive(self, counter: str) -> None:
        """Do what `kumppani dead-letters redrive` does with a counter's letters."""
        async with self.consumer.worker.begin() as tx:
            await redrive(tx, self.consumer.inbox, self.source, f"counters/{counter}")

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let both tick, relay and listen while the body runs."""
        async with at_work(self.producer), at_work(self.consumer):
            yield


@asynccontextmanager
async def at_work(service: Service, *roles: Role) -> AsyncIterator[None]:
    """Let a service work while the body runs, also one that has worked before."""
    service.stopping.clear()
    async with service.working(*roles):
        yield


@asynccontextmanager
async def a_twin(service: Service) -> AsyncIterator[Service]:
    """Make a second process of a service, as far as its database and Kafka can tell."""
    reactions, kinds = service.inbox.reactions, service.topics.kinds
    twin = Service(service.name, service.settings, kinds, reactions, service.http)
    try:
        yield twin
    finally:
        await disconnected(twin)


async def disconnected(service: Service) -> None:
    """Close a service's connections; it opens new ones when it needs them."""
    await service.database.close()
    await service.worker.close()


@asynccontextmanager
async def an_estate(cluster: Cluster, folder: Path, servers: str) -> AsyncIterator[Estate]:
    """Make an estate on fresh databases; without servers, facts travel by the feed."""
    issuer = DevelopmentIssuer.at(folder / "key.json", ISSUER, AUDIENCE)
    producing, consuming = new_name("counting"), new_name("hearing")
    places = [await database(cluster) for _ in range(2)]
    gateway = FastAPI()
    http = [httpx.AsyncClient(transport=httpx.ASGITransport(gateway)) for _ in range(2)]
    one = settings(producing, places[0], servers)
    two = settings(consuming, places[1], servers, feeds={producing: f"{ISSUER}/{producing}"})
    apps = [counting(producing, one, http[0]), hearing(consuming, producing, two, http[1])]
    gateway.mount(f"/{producing}", apps[0])
    gateway.mount("/", issuing(issuer, producing))
    estate = Estate(cluster, apps[0].state.service, apps[1].state.service, apps)
    try:
        yield estate
    finally:
        for service in (estate.producer, estate.consumer):
            await service.close()
        for urls in places:
            await asyncio.to_thread(cluster.drop, name_of(urls.owner))


async def database(cluster: Cluster) -> Urls:
    """Make a database with the bus's tables and the counters'."""
    if cluster.data not in MADE:
        made = await asyncio.to_thread(cluster.provision, TEMPLATE)
        await run(made.owner, lambda c: await_only(c.connection.driver_connection.execute(SCHEMA)))
        MADE.add(cluster.data)
    return await asyncio.to_thread(cluster.clone, TEMPLATE, f"f{uuid4().hex[:8]}")


def name_of(url: str) -> str:
    """Give the name of a database."""
    return str(make_url(url).database)


def settings(name: str, urls: Urls, servers: str, **more: Any) -> ServiceSettings:
    """Write the settings of one of the two."""
    made: ServiceSettings = make_settings(
        ServiceSettings, name, urls, kafka=servers, pool_size=16, **more
    )
    return made


def issuing(issuer: DevelopmentIssuer, *sources: str) -> FastAPI:
    """Serve keys, and tokens for a service that reads the sources' feeds."""
    scopes = [f"{source}:events" for source in sources]
    app = FastAPI()

    @app.get("/jwks")
    async def jwks() -> dict[str, Any]:
        return issuer.keys()

    @app.post("/token")
    async def token() -> dict[str, Any]:
        return {"access_token": issuer.token("estate", scopes, client=STANDING), "expires_in": 3600}

    return app


async def until(holds: Callable[[], Awaitable[bool]], patience: float = PATIENCE_SECONDS) -> None:
    """Wait until something holds. Raises `TimeoutError`."""
    async with asyncio.timeout(patience):
        while not await holds():
            await asyncio.sleep(0.02)


async def has_letters(estate: Estate, *reasons: str) -> bool:
    """Say whether exactly these were put aside, in this order."""
    return [letter["reason"] for letter in await estate.letters()] == list(reasons)


async def has_heard(estate: Estate, counter: str, values: list[int]) -> bool:
    """Say whether this is what was heard of a counter."""
    return await estate.heard(counter) == values


async def rows(database: Database, query: str, **values: Any) -> list[dict[str, Any]]:
    """Ask a database."""
    async with database.begin() as tx:
        return [dict(row) for row in (await tx.execute(text(query), values)).mappings()]
