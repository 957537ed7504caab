"""One service on a database of its own, called as any organisation."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import orjson
from fastapi import FastAPI
from sqlalchemy import Connection, text
from starlette.routing import BaseRoute

from kit import clock, ids
from kit.database import Database
from kit.embedded import Cluster, Urls
from kit.events import Record
from kit.issuer import DevelopmentIssuer
from kit.migrate import run, upgrade
from kit.service import Service
from kit.settings import ServiceSettings

PROBLEM = "application/problem+json"
DOCUMENTS: dict[str, dict[str, Any]] = {}  # the paths of each service's OpenAPI document
ROUTES: dict[str, list[BaseRoute]] = {}  # each service's, built by its first request

ISSUER = "http://issuer.test"
AUDIENCE = "kumppani"
STANDING = "tests"  # the client by which a test calls, unless it names one that is registered


def make_settings(kind: type[ServiceSettings], name: str, urls: Urls, **more: Any) -> Any:
    """Write a service's settings for a test, whatever the environment says."""
    more = {"erasures": Path("/nonexistent/erasures"), **more}
    return kind(
        app_url=urls.app,
        worker_url=urls.worker,
        public_url=f"http://{name}.test",
        secret="a secret that only tests may know, long enough",
        master_key="a master key that only tests may know, long enough",
        issuer=ISSUER,
        audience=AUDIENCE,
        jwks_url=f"{ISSUER}/jwks",
        token_url=f"{ISSUER}/token",
        client_id=name,
        client_secret="a test's",
        standing=(STANDING,),
        **more,
    )


@dataclass
class Says:
    """A producer as a consumer's test plays it: it numbers each subject's facts."""

    service: str
    sequences: dict[str, int]

    def record(self, type_: str, subject: str, **data: Any) -> Record:
        """Make the next fact of a subject."""
        self.sequences[subject] = self.sequences.get(subject, 0) + 1
        attributes = {
            "id": str(ids.new_id()),
            "type": type_,
            "source": f"/services/{self.service}",
            "subject": subject,
            "sequence": str(self.sequences[subject]),
            "epoch": 1,
            "time": clock.now().isoformat(),
        }
        return Record(attributes, orjson.dumps(data))


class Harness:
    """A running service in a test."""

    def __init__(self, app: FastAPI, issuer: DevelopmentIssuer) -> None:
        self.app = app
        self.service: Service = app.state.service
        self.issuer = issuer
        self._clients: list[httpx.AsyncClient] = []
        self._producers: dict[str, Says] = {}

    def caller(
        self,
        organisation: str,
        *scopes: str,
        subject: str = "officer",
        client: str = STANDING,
        **headers: str,
    ) -> httpx.AsyncClient:
        """Call the service as an organisation; without scopes, with read and write."""
        name = self.service.name
        granted = list(scopes) or [f"{name}:read", f"{name}:write"]
        token = self.issuer.token(organisation, granted, subject, client=client)
        return self.anyone(**{"Authorization": f"Bearer {token}", **headers})

    def anyone(self, **headers: str) -> httpx.AsyncClient:
        """Call the service with these headers only; each POST gets an Idempotency-Key."""

        async def give_key(request: httpx.Request) -> None:
            if request.method == "POST" and "idempotency-key" not in request.headers:
                request.headers["Idempotency-Key"] = uuid4().hex

        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False),
            base_url=self.service.settings.public_url,
            headers=headers,
            event_hooks={"request": [give_key], "response": [self._must_be_told]},
        )
        self._clients.append(client)
        return client

    async def _must_be_told(self, answer: httpx.Response) -> None:
        """Fail the test that meets a problem of which the route's document does not tell."""
        if answer.headers.get("content-type") == PROBLEM and answer.status_code != 405:
            code = orjson.loads(await answer.aread())["type"].rpartition("/")[2]
            route, told = self._told(answer.request, str(answer.status_code))
            assert route is None or code in told, f"{route} does not tell of {code}"

    def _told(self, request: httpx.Request, status: str) -> tuple[str | None, list[str]]:
        """Find the route that a request meant, and the problems of a status that it tells of."""
        name, method = self.service.name, request.method.lower()
        if name not in DOCUMENTS:
            DOCUMENTS[name] = self.app.openapi()["paths"]
        paths = DOCUMENTS[name]
        for path in sorted(paths, key=lambda path: path.count("{")):
            meant = re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", path), request.url.path)
            if meant and method in paths[path]:
                told = paths[path][method]["responses"].get(status, {})
                return f"{request.method} {path}", told.get("x-problems", [])
        return None, []

    async def hear(self, type_: str, subject: str, **data: Any) -> Record:
        """Let the service hear the next fact of a subject, as its listener would."""
        name = type_.partition(".")[0]
        producer = self._producers.setdefault(name, Says(name, {}))
        record = producer.record(type_, subject, **data)
        await self.receive(record)
        async with self.service.worker.begin() as tx:
            aside = (await tx.scalars(text("SELECT error FROM dead_letter"))).all()
        assert not aside, aside
        return record

    async def receive(self, *records: Record) -> None:
        """Let the service hear records as they are."""
        async with self.service.worker.begin() as tx:
            await self.service.inbox.receive(tx, records)

    async def look_at_the_clock(self, at: datetime) -> int:
        """Let the service's timers do what is due at a moment; return how many things it was."""
        return await self.service.timers.catch_up(at)

    async def said(self, type_: str | None = None) -> list[dict[str, Any]]:
        """Give what the service said so far (of one type), in its order."""
        estate = self.caller("estate", f"{self.service.name}:events")
        answer = await estate.get("/events", params={"limit": 1000})
        return [e for e in answer.raise_for_status().json() if type_ in (None, e["type"])]

    async def close(self) -> None:
        """Close all clients and the service."""
        for client in self._clients:
            await client.aclose()
        await self.service.close()


@asynccontextmanager
async def harness(
    cluster: Cluster, folder: Path, package: str, *, of: str | None = None
) -> AsyncIterator[Harness]:
    """Start a service of this workspace on a fresh copy of its migrated database, or of another
    (`of`) to which nobody is connected.
    """
    app_module = import_module(f"{package}.app")
    settings_class = import_module(f"{package}.settings").Settings
    template = await asyncio.to_thread(migrated, cluster, package)
    database = f"t{uuid4().hex[:12]}"
    urls = await asyncio.to_thread(cluster.clone, of or template, database, family=template)
    issuer = DevelopmentIssuer.at(folder / "key.json", ISSUER, AUDIENCE)
    book = folder / f"{database}.erasures"
    settings = make_settings(settings_class, package, urls, pool_size=16, erasures=book)
    make: Callable[..., FastAPI] = app_module.make_app
    app = make(settings, http=keys_only(issuer), work=False)
    built = ROUTES.setdefault(package, list(app.router.routes))  # they know no settings
    app.router.routes = list(built)
    running = Harness(app, issuer)
    try:
        yield running
    finally:
        await running.close()
        await asyncio.to_thread(cluster.drop, database)


@asynccontextmanager
async def of_old(
    cluster: Cluster, package: str, revision: str, fill: Callable[[Connection], None]
) -> AsyncIterator[Database]:
    """Make a service's database as it was at a revision, with the rows that `fill` writes, and
    bring it up to date: as its worker sees it.
    """
    name = f"old{uuid4().hex[:8]}"
    urls = await asyncio.to_thread(cluster.provision, name)
    await upgrade(package, urls.owner, revision)
    await run(urls.owner, fill)
    await upgrade(package, urls.owner)
    database = Database(urls.worker)
    try:
        yield database
    finally:
        await database.close()
        await asyncio.to_thread(cluster.drop, name)


MIGRATED: set[str] = set()


def migrated(cluster: Cluster, package: str) -> str:
    """Provision and migrate a service's template database, once a session."""
    if package not in MIGRATED:
        urls = cluster.provision(package)
        asyncio.run(upgrade(package, urls.owner))
        MIGRATED.add(package)
    return package


def keys_only(issuer: DevelopmentIssuer) -> httpx.AsyncClient:
    """Give a client that finds the issuer's keys, and no other address."""
    app = FastAPI()

    @app.get("/jwks")
    async def jwks() -> dict[str, Any]:
        return issuer.keys()

    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ISSUER)
