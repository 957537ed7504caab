"""(a) A request with everything on, against a bare insert of the same row."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import asyncpg
from kit.embedded import Urls
from kit.migrate import upgrade

from .ground import ROOT, Ground, backends, cpu_seconds, server, used_since
from .load import KEY
from .rounds import Figures, Side, interleaved
from .table import CPU, RATE, Line, compared

ORGANISATION = "te-pohjois-pohjanmaa"
POOL = 8
CLIENT = """
    INSERT INTO client (id, organisation, statute, registered_at, active_at, revision)
    VALUES ($1, $2, 'employment_services', now(), now(), 1)
"""
REGISTERED = "INSERT INTO registered_client VALUES ($1, $1, $2, NULL, 1)"
SCOPES = ("referrals:read", "referrals:write")


@dataclass(frozen=True)
class Target:
    """A server under load: where it is, what is sent, and whose CPU counts."""

    ground: Ground
    pid: int
    port: int
    database: str
    head: str
    body: str

    async def measure(self, seconds: float) -> Figures:
        """Put the load on for some seconds."""
        pids = [self.pid, *await backends(self.ground.cluster, self.database)]
        before = cpu_seconds(pids)
        answered, took = await self.load(seconds)
        used = used_since(before, cpu_seconds(pids))
        return {RATE: answered / took, CPU: used / answered * 1e6}

    async def load(self, seconds: float) -> tuple[int, float]:
        """Run the load's process; give how many requests were answered, in what time."""
        asked = {"port": self.port, "seconds": seconds, "head": self.head, "body": self.body}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.load", json.dumps(asked),
            cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        said, _ = await process.communicate()
        if process.returncode:
            raise RuntimeError("the load failed")
        counted = json.loads(said)
        return counted["answered"], counted["seconds"]


@asynccontextmanager
async def neighbours(ground: Ground) -> AsyncIterator[int]:
    """Run the mute neighbours; give their port."""
    folder = ("--folder", str(ground.folder))
    async with server("-m", "tests.bench.neighbours", *folder, ready="/jwks") as (_, port):
        yield port


async def made(ground: Ground, database: str) -> tuple[Urls, UUID]:
    """Make a database with the referrals' tables, and a client in it."""
    urls = await asyncio.to_thread(ground.cluster.provision, database)
    await upgrade("referrals", urls.owner)
    client = uuid4()
    connection = await asyncpg.connect(
        user="postgres", database=database, host=str(ground.cluster.sockets)
    )
    await connection.execute(CLIENT, client, ORGANISATION)
    await connection.execute(REGISTERED, ORGANISATION, list(SCOPES))
    await connection.close()
    return urls, client


def head(port: int, token: str) -> str:
    """Write the lines before the body; both sides get the same."""
    return (
        f"POST /referrals HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nIdempotency-Key: {KEY}\r\n"
    )


def body(client: UUID) -> str:
    """Write the referral that begins."""
    return json.dumps({"client_id": str(client), "need": "career_guidance"})


@asynccontextmanager
async def serving(ground: Ground) -> AsyncIterator[Target]:
    """Run the service as operators do."""
    urls, client = await made(ground, "referrals")
    token = ground.issuer.token(ORGANISATION, list(SCOPES))
    async with neighbours(ground) as others:
        feeds = {name: f"http://127.0.0.1:{others}/{name}" for name in ("partners", "assessments")}
        settings = ground.environment(
            "referrals", urls, others, feeds=json.dumps(feeds), pool_size=str(POOL)
        )
        async with server("-m", "referrals", "serve", "--tied", environment=settings) as (
            pid,
            port,
        ):
            yield Target(ground, pid, port, "referrals", head(port, token), body(client))


@asynccontextmanager
async def inserting(ground: Ground, *options: str) -> AsyncIterator[Target]:
    """Run the bare application, in the role that no policy of rows binds."""
    database = "bare" + "".join(options).replace("-", "")
    urls, client = await made(ground, database)
    said = ("--url", urls.worker, "--pool", str(POOL), *options)
    async with server("-m", "tests.bench.bare", *said) as (pid, port):
        yield Target(ground, pid, port, database, head(port, "none"), body(client))


OURS, BARE, TUNED = "with everything", "bare ORM insert", "bare, its garbage collector tuned too"


async def measure(ground: Ground, rounds: int, seconds: float = 5.0) -> list[Line]:
    """Measure, after a moment to warm up."""
    async with AsyncExitStack() as stack:
        targets = {
            OURS: await stack.enter_async_context(serving(ground)),
            BARE: await stack.enter_async_context(inserting(ground)),
            TUNED: await stack.enter_async_context(inserting(ground, "--tuned")),
        }
        for target in targets.values():
            await target.load(seconds / 3)
        sides: dict[str, Side] = {
            name: lambda target=target: target.measure(seconds)  # type: ignore[misc]
            for name, target in targets.items()
        }
        found = await interleaved("a", sides, rounds)
    what = "POST /referrals, 32 connections"
    aims = {BARE: "≥ 0.8", TUNED: ""}
    return [compared("a", what, found[OURS], name, found[name], aim) for name, aim in aims.items()]
