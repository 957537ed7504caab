"""The soak's estate: which services there are, each on its database, in which processes."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from kit.database import Database
from kit.embedded import Cluster, Urls
from kit.issuer import DevelopmentIssuer
from kit.migrate import run
from kit.testing.harness import AUDIENCE, STANDING
from kumppani.broker import free_port
from sqlalchemy import text
from sqlalchemy.util import await_only

from ..counting import SCHEMA, new_name
from ..estate import issuing
from .processes import END_SECONDS, Program
from .program import Fault
from .writers import Producer

POOL = 4  # connections of each pool; there are many processes
WITH_ADDRESS = ("serve", "api")
TOKEN_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True)
class Plan:
    """One service: its processes, whether it hears, and by what."""

    label: str
    programs: tuple[str, ...]
    hears: bool = False
    by_feed: bool = False
    fault: Fault = Fault.NONE


PLANS = (
    Plan("north", ("serve", "serve")),
    Plan("south", ("api", "api", "relay", "relay")),
    Plan("east", ("serve", "listen"), hears=True),
    Plan("west", ("listen", "listen"), hears=True),
    Plan("archive", ("serve", "listen"), hears=True, by_feed=True),
)


@dataclass
class Part:
    """A service as it stands."""

    plan: Plan
    name: str
    urls: Urls
    database: Database  # as its owner: to read the books
    ports: list[int]
    programs: list[Program] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        """Give where it answers."""
        return [address_of(port) for port in self.ports]

    async def rows(self, query: str) -> list[Any]:
        """Ask its database."""
        async with self.database.begin() as tx:
            return list(await tx.execute(text(query)))


@dataclass
class Town:
    """All services, and what went wrong with their processes."""

    cluster: Cluster
    issuer: DevelopmentIssuer
    parts: list[Part]
    complaints: list[str] = field(default_factory=list)

    @property
    def producers(self) -> list[Part]:
        """Give those who count."""
        return [part for part in self.parts if not part.plan.hears]

    @property
    def consumers(self) -> list[Part]:
        """Give those who hear."""
        return [part for part in self.parts if part.plan.hears]

    @property
    def programs(self) -> list[Program]:
        """Give all processes."""
        return [program for part in self.parts for program in part.programs]

    def called(self) -> list[Producer]:
        """Give the producers as writers call them."""
        return [
            Producer(
                part.name,
                part.addresses,
                self.issuer.token("writers", ["write"], seconds=TOKEN_SECONDS, client=STANDING),
            )
            for part in self.producers
        ]

    async def start(self) -> None:
        """Start what is down."""
        for program in self.programs:
            await program.start()

    async def all_up(self, patience: float) -> None:
        """Wait until all that can say so are up. Raises `TimeoutError`."""
        async with asyncio.timeout(patience):
            for program in self.programs:
                while program.address and not await program.is_up():
                    await asyncio.sleep(0.1)

    async def stop(self) -> None:
        """End all in order."""
        await asyncio.gather(*(program.terminate() for program in self.programs))


@asynccontextmanager
async def a_town(
    folder: Path, cluster: Cluster, servers: str, plans: tuple[Plan, ...] = PLANS
) -> AsyncIterator[Town]:
    """Make the databases and the issuer, and say how each process is started."""
    issuer_port = free_port()
    issuer = DevelopmentIssuer.at(folder / "key.json", address_of(issuer_port), AUDIENCE)
    parts = [await a_part(plan, cluster) for plan in plans]
    town = Town(cluster, issuer, parts)
    feeds = {part.name: part.addresses[0] for part in town.producers}
    for part in parts:
        environment = environment_of(part, issuer.issuer, servers, feeds)
        part.programs.extend(programs_of(part, environment, folder, town.complaints.append))
    try:
        with answering(issuing(issuer, *feeds), issuer_port):
            yield town
    finally:
        for program in town.programs:
            await program.kill()
        for part in parts:
            await part.database.close()


async def a_part(plan: Plan, cluster: Cluster) -> Part:
    """Make one service's database."""
    name = new_name(plan.label)
    urls = await asyncio.to_thread(cluster.provision, name)
    await run(urls.owner, lambda c: await_only(c.connection.driver_connection.execute(SCHEMA)))
    ports = [free_port() for program in plan.programs if program in WITH_ADDRESS]
    return Part(plan, name, urls, Database(urls.owner, pool_size=2), ports)


def environment_of(part: Part, issuer: str, servers: str, feeds: dict[str, str]) -> dict[str, str]:
    """Write one service's settings."""
    return {
        "SOAK_NAME": part.name,
        "SOAK_FAULT": part.plan.fault,
        "SOAK_APP_URL": part.urls.app,
        "SOAK_WORKER_URL": part.urls.worker,
        "SOAK_PUBLIC_URL": part.addresses[0] if part.ports else "http://nowhere.test",
        "SOAK_SECRET": "a secret that only the soak may know",
        "SOAK_ISSUER": issuer,
        "SOAK_AUDIENCE": AUDIENCE,
        "SOAK_JWKS_URL": f"{issuer}/jwks",
        "SOAK_TOKEN_URL": f"{issuer}/token",
        "SOAK_CLIENT_ID": part.name,
        "SOAK_STANDING": f'["{STANDING}"]',
        "SOAK_CLIENT_SECRET": "the soak's",
        "SOAK_FEEDS": json.dumps(feeds if part.plan.hears else {}),
        "SOAK_KAFKA": "" if part.plan.by_feed else servers,
        "SOAK_POOL_SIZE": str(POOL),
    }


def programs_of(
    part: Part, environment: dict[str, str], folder: Path, complain: Callable[[str], None]
) -> list[Program]:
    """Say how the processes of a service are started."""
    ports = iter(part.ports)
    made = []
    for number, program in enumerate(part.plan.programs, 1):
        port = next(ports) if program in WITH_ADDRESS else None
        label = f"{part.plan.label}-{program}-{number}"
        made.append(
            Program(
                label,
                [program, *(["--port", str(port)] if port else [])],
                environment,
                folder / f"{label}.log",
                address_of(port) if port else None,
                complain,
            )
        )
    return made


def address_of(port: int) -> str:
    """Write the address of a port of this machine."""
    return f"http://127.0.0.1:{port}"


@contextmanager
def answering(app: FastAPI, port: int) -> Iterator[None]:
    """Serve an application in a thread while the body runs."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(END_SECONDS)
