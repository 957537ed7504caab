"""Who counts and who hears, each on a database of its own, over one transport or the other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI
from kit.database import Database
from kit.embedded import Cluster, Urls
from kit.issuer import DevelopmentIssuer
from kit.migrate import run
from kit.service import Service
from kit.settings import ServiceSettings
from kit.testing.harness import AUDIENCE, ISSUER, make_settings
from sqlalchemy import text
from sqlalchemy.util import await_only

from .counting import SCHEMA, count, counting, fact_of, hearing, new_name

PATIENCE_SECONDS = 40.0

HEARD = text("SELECT value FROM heard WHERE counter = :counter ORDER BY at")
LAST = text("SELECT subject, max(sequence) AS sequence FROM outbox GROUP BY subject")
MARKS = text("SELECT subject, sequence FROM watermark WHERE consumer = :consumer")


@dataclass
class Estate:
    """One producer and one consumer, with whatever carries facts between them."""

    producer: Service
    consumer: Service
    apps: list[FastAPI] = field(default_factory=list)

    async def count(self, *counters: str) -> None:
        """Count on, a command for each."""
        for counter in counters:
            async with self.producer.database.begin() as tx:
                await count(tx, fact_of(self.producer.name), counter)

    async def heard(self, counter: str) -> list[int]:
        """Give what the consumer heard of a counter, in its order."""
        async with self.consumer.worker.begin() as tx:
            return list(await tx.scalars(HEARD, {"counter": counter}))

    async def settled(self) -> None:
        """Wait until the consumer has heard all that was said."""
        await until(self._is_settled)

    async def _is_settled(self) -> bool:
        async with self.producer.worker.begin() as tx:
            said = {row.subject: row.sequence for row in await tx.execute(LAST)}
        async with self.consumer.worker.begin() as tx:
            rows = await tx.execute(MARKS, {"consumer": self.consumer.inbox.consumer})
            marks = {row.subject: row.sequence for row in rows}
        return said == marks

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let both tick, relay and listen while the body runs."""
        async with self.producer.working(), self.consumer.working():
            yield


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
    estate = Estate(apps[0].state.service, apps[1].state.service, apps)
    try:
        yield estate
    finally:
        for service in (estate.producer, estate.consumer):
            await service.close()
        for urls in places:
            await asyncio.to_thread(cluster.drop, urls.owner.rpartition("/")[2].partition("?")[0])


async def database(cluster: Cluster) -> Urls:
    """Make a database with the bus's tables and the counters'."""
    made = await asyncio.to_thread(cluster.provision, f"f{uuid4().hex[:8]}")
    await run(made.owner, lambda c: await_only(c.connection.driver_connection.execute(SCHEMA)))
    return made


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
        return {"access_token": issuer.token("estate", scopes), "expires_in": 3600}

    return app


async def until(holds: Callable[[], Awaitable[bool]], patience: float = PATIENCE_SECONDS) -> None:
    """Wait until something holds. Raises `TimeoutError`."""
    async with asyncio.timeout(patience):
        while not await holds():
            await asyncio.sleep(0.02)


async def rows(database: Database, query: str, **values: Any) -> list[dict[str, Any]]:
    """Ask a database."""
    async with database.begin() as tx:
        return [dict(row) for row in (await tx.execute(text(query), values)).mappings()]
