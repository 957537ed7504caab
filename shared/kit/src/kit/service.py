"""A service, composed: its name, its settings, its database in two roles, its ears and its API."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from enum import StrEnum
from functools import cached_property, partial
from typing import Any

import httpx
import structlog
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline

from kit import feed, operations
from kit.database import Database
from kit.documents import document
from kit.erasures import BOOK, Book, BookBroken, BookShort, Erasing, Erasures
from kit.gauges import Gauges
from kit.idempotency import forgetting
from kit.inbox import Inbox
from kit.jobs import end, for_ever
from kit.kafka import Kafka
from kit.listen import Listener
from kit.machine import MachineTokens
from kit.numbers import Numbers
from kit.problem_types import UNAVAILABLE, ProblemType
from kit.problems import Problem, Problems, Refusal
from kit.reactions import Reactions
from kit.relay import Relay
from kit.requests import BodyLimit
from kit.seals import Seal
from kit.settings import ErasingSettings, ServiceSettings, VaultSettings
from kit.streams import Feed, Feeds
from kit.ticks import Ticker
from kit.timers import Timer, Timers
from kit.tokens import Tokens
from kit.topics import Topics
from kit.tracing import Tracing
from kit.vault import Vault
from kit.watch import watched

log = structlog.get_logger()


class NoFeed(Exception):
    """A service that is listened to has no address in the settings."""


class NoBook(Exception):
    """The service erases, and its settings name no file for it."""


class NoVault(Exception):
    """The service keeps no fields closed: its settings have no master key."""


class Role(StrEnum):
    """What a process of the service does besides answering."""

    TICK = "tick"
    RELAY = "relay"
    LISTEN = "listen"
    FORGET = "forget"
    TIME = "time"


class Service:
    """What a request or a listener of the service needs, made once."""

    def __init__(
        self,
        name: str,
        settings: ServiceSettings,
        kinds: Sequence[str],
        reactions: Reactions,
        http: httpx.AsyncClient | None = None,
        timers: Sequence[Timer] = (),
        erasing: Erasing | None = None,
    ) -> None:
        self.name = name
        self.settings = settings
        self.http = http or httpx.AsyncClient()
        self.seal = Seal(settings.secret.get_secret_value(), name)
        self.stopping = asyncio.Event()
        wake = asyncio.Event()
        book = self._book() if erasing else None
        common: dict[str, Any] = {"pool_size": settings.pool_size, "wake": wake}
        common["info"] = {BOOK: book}
        self.database = Database(settings.app_url, **common)
        self.worker = Database(settings.worker_url, **common)
        self.erasures = Erasures(self.worker, book, erasing) if book and erasing else None
        self.ticker = Ticker(self.worker)
        self.topics = Topics(name, tuple(kinds), settings.retention_ms)
        self.inbox = Inbox(name, reactions)
        self.timers = Timers(self.worker, timers)
        self.tracing = Tracing(name, settings.otlp)
        self.numbers = Numbers(name)
        self.gauges = Gauges(self)
        self.tokens = Tokens(settings.issuer, settings.audience, self._issuers_keys)

    @cached_property
    def vault(self) -> Vault:
        """Give what wraps the keys of subjects. Raises `NoVault`."""
        s = self.settings
        if not isinstance(s, VaultSettings):
            raise NoVault(f"{self.name} keeps no keys")
        return Vault(s.master_key.get_secret_value(), s.spare_master_key.get_secret_value())

    @property
    def closing(self) -> Seal | Vault:
        """Give what closes the answers that are kept for repetitions: the master key, if any."""
        return self.vault if isinstance(self.settings, VaultSettings) else self.seal

    def _book(self) -> Book:
        if not isinstance(self.settings, ErasingSettings):
            raise NoBook(f"{self.name} keeps no erasures")
        return Book(self.settings.erasures, self.seal)

    async def must_be_open(self) -> None:
        """Let nobody in before the database holds no more of whom was erased than it may.

        Raises a 503 problem where the book of erasures cannot be trusted.
        """
        if self.erasures is None or self.erasures.replayed:
            return
        try:
            await self.erasures.replay()
        except (BookBroken, BookShort) as error:
            log.critical("closed", why=type(error).__name__, book=str(error))
            raise Problem(UNAVAILABLE, headers={"Retry-After": "60"}) from error

    @property
    def listener(self) -> Listener:
        """Give what hears the facts of the services that this one listens to."""
        s = self.settings
        unknown = [source for source in self.inbox.reactions.sources if source not in s.feeds]
        if unknown:
            raise NoFeed(f"{self.name.upper()}_FEEDS names no address for: {', '.join(unknown)}")
        me = MachineTokens(self.http, s.token_url, s.client_id, s.client_secret.get_secret_value())
        feeds = {
            source: Feed(source, s.feeds[source], self.http, me)
            for source in self.inbox.reactions.sources
        }
        transport = Kafka(s.kafka, self.name, feeds) if s.kafka else Feeds(list(feeds.values()))
        return Listener(self.worker, self.inbox, transport)

    @property
    def relay(self) -> Relay:
        """Give what carries this service's facts to Kafka."""
        source = f"/services/{self.name}"
        return Relay(self.worker, self.ticker, source, self.topics, self.settings.kafka)

    @property
    def relays(self) -> bool:
        """Whether there is Kafka, and something to carry to it."""
        return bool(self.settings.kafka and self.topics.kinds)

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
        await self.tracing.close()

    def _job(self, role: Role) -> Callable[[], Awaitable[None]]:
        match role:
            case Role.TICK:
                return self.ticker.run
            case Role.RELAY:
                return self.relay.run
            case Role.LISTEN:
                return self.listener.run
            case Role.FORGET:
                return partial(forgetting, self.worker)
            case Role.TIME:
                return self.timers.run

    def _opened(self, job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """Let a job begin when the service is open, as a request does."""

        async def begin() -> None:
            await self.must_be_open()
            await job()

        return begin

    def _has_work_for(self, role: Role) -> bool:
        match role:
            case Role.RELAY:
                return self.relays
            case Role.LISTEN:
                return bool(self.inbox.reactions.sources)
            case Role.TIME:
                return bool(self.timers)
            case _:
                return True

    @asynccontextmanager
    async def working(self, *roles: Role) -> AsyncIterator[None]:
        """Do all the background's jobs while the body runs, or some of them only."""
        with self.tracing.here():
            tasks = [
                asyncio.create_task(for_ever(f"{self.name} {role}", self._opened(self._job(role))))
                for role in roles or Role
                if self._has_work_for(role)
            ]
        try:
            yield
        finally:
            self.stopping.set()
            await end(tasks)


def collect_seldom() -> None:
    """Leave what was imported out of garbage collection: it stays, and costs a fifth each time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@asynccontextmanager
async def lived(service: Service, _app: FastAPI, *, work: bool) -> AsyncIterator[None]:
    """Let the service live as long as its application; say in the log why it cannot start."""
    collect_seldom()
    try:
        async with service.working() if work else nullcontext():
            yield
    except NoFeed as error:
        log.critical("cannot start", reason=str(error))
        raise
    finally:
        await service.close()


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
    app: FastAPI = FastAPIOffline(
        title=title,
        description=description,
        version="1",
        lifespan=partial(lived, service, work=work),
        docs_url="/docs",
        redoc_url=None,
        # FastAPI's own spans would tell the query.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.service = service
    app.state.leave = service.stopping.set
    app.state.problems = Problems(service.settings.public_url, refusals)
    app.state.problems.install(app)
    app.add_middleware(BodyLimit)
    for router in (*routers, feed.router, operations.router):
        app.include_router(router)
    told = [route for router in (*routers, feed.router) for route in router.routes]
    document(app, (r for r in told if isinstance(r, APIRoute)), app.state.problems)
    watched(app, service)
    return app
