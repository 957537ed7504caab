"""A service, composed: its name, its settings, its database in two roles, its ears and its API."""

import asyncio
import gc
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from fastapi import APIRouter, FastAPI
from fastapi_offline import FastAPIOffline

from kit import feed, operations
from kit.database import Database
from kit.inbox import Inbox
from kit.listen import Listener
from kit.machine import MachineTokens
from kit.problem_types import ProblemType
from kit.problems import Problems, Refusal
from kit.reactions import Reactions
from kit.requests import BodyLimit
from kit.seals import Seal
from kit.settings import ServiceSettings
from kit.streams import Feed
from kit.ticks import Ticker
from kit.tokens import Tokens


class NoFeed(Exception):
    """A service that is listened to has no address in the settings."""


class Service:
    """What a request or a listener of the service needs, made once."""

    def __init__(
        self,
        name: str,
        settings: ServiceSettings,
        reactions: Reactions,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        self.name = name
        self.settings = settings
        self.http = http or httpx.AsyncClient()
        self.seal = Seal(settings.secret.get_secret_value(), name)
        self.stopping = asyncio.Event()
        wake = asyncio.Event()
        self.database = Database(settings.app_url, pool_size=settings.pool_size, wake=wake)
        self.worker = Database(settings.worker_url, pool_size=settings.pool_size, wake=wake)
        self.ticker = Ticker(self.worker)
        self.inbox = Inbox(name, reactions)
        self.tokens = Tokens(settings.issuer, settings.audience, self._issuers_keys)

    @property
    def listener(self) -> Listener:
        """Give what hears the facts of the services that this one listens to."""
        s = self.settings
        unknown = [source for source in self.inbox.reactions.sources if source not in s.feeds]
        if unknown:
            raise NoFeed(f"{self.name.upper()}_FEEDS names no address for: {', '.join(unknown)}")
        me = MachineTokens(self.http, s.token_url, s.client_id, s.client_secret.get_secret_value())
        streams = [
            Feed(source, s.feeds[source], self.http, me) for source in self.inbox.reactions.sources
        ]
        return Listener(self.worker, self.inbox, streams)

    async def _issuers_keys(self) -> dict[str, Any]:
        answer = await self.http.get(self.settings.jwks_url)
        answer.raise_for_status()
        keys: dict[str, Any] = answer.json()
        return keys

    async def close(self) -> None:
        """Close what was opened."""
        await self.database.close()
        await self.worker.close()
        await self.http.aclose()

    @asynccontextmanager
    async def working(self, *, listen: bool = True) -> AsyncIterator[None]:
        """Tick and listen in the background while the body runs."""
        jobs = [self.ticker.run(), *([self.listener.run()] if listen else [])]
        tasks = [asyncio.create_task(job) for job in jobs]
        try:
            yield
        finally:
            self.stopping.set()
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task


def build(
    service: Service,
    *,
    title: str,
    description: str,
    routers: Sequence[APIRouter],
    refusals: Mapping[type[Refusal], ProblemType],
    work: bool = True,
) -> FastAPI:
    """Make the service's ASGI application; with `work`, it ticks and listens as well."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        gc.freeze()  # what was imported stays; collecting it again and again costs a fifth
        gc.set_threshold(50_000, 20, 100)
        try:
            if work:
                async with service.working():
                    yield
            else:
                yield
        finally:
            await service.close()

    app: FastAPI = FastAPIOffline(
        title=title,
        description=description,
        version="1",
        lifespan=lifespan,
        docs_url="/docs",
        redoc_url=None,
    )
    app.state.service = service
    app.state.leave = service.stopping.set
    app.state.problems = Problems(service.settings.public_url, refusals)
    app.state.problems.install(app)
    app.add_middleware(BodyLimit)
    for router in (*routers, feed.router, operations.router):
        app.include_router(router)
    return app
