"""What a measurement stands on: a durable PostgreSQL, processes of their own, and their CPU."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import psutil
from kit.embedded import Cluster, Urls
from kit.issuer import DevelopmentIssuer
from kumppani.broker import free_port

from .rounds import tell

ROOT = Path(__file__).parents[2]
ISSUER, AUDIENCE = "https://issuer.bench.invalid", "kumppani"
START_SECONDS = 180.0  # on a machine that others use as well
STOP_SECONDS = 15.0
LOG_BYTES = 4_000  # of a program that ended too early
SECRET = "a secret of the benchmark, long enough"


@dataclass(frozen=True)
class Ground:
    """A folder, a PostgreSQL in it, the issuer whom all services trust, and Kafka's address."""

    folder: Path
    cluster: Cluster
    issuer: DevelopmentIssuer
    servers: str

    def environment(self, service: str, urls: Urls, neighbours: int, **more: str) -> dict[str, str]:
        """Write a service's settings; its issuer, and whoever it does not really hear, are mute."""
        other = f"http://127.0.0.1:{neighbours}"
        values = {
            "owner_url": urls.owner, "app_url": urls.app, "worker_url": urls.worker,
            "public_url": f"{other}/{service}", "secret": SECRET,
            "issuer": ISSUER, "audience": AUDIENCE,
            "jwks_url": f"{other}/jwks", "token_url": f"{other}/token",
            "client_id": service, "client_secret": SECRET, "standing": '["estate"]',
            "master_key": SECRET, "erasures": str(self.folder / "erasures" / service), **more,
        }  # fmt: skip
        return {f"{service.upper()}_{name.upper()}": value for name, value in values.items()}


@contextmanager
def ground(servers: str, *, durable: bool = True) -> Iterator[Ground]:
    """Make a ground in a folder that goes with it; PostgreSQL remembers the times of commits."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    place = folder / "postgresql"
    Cluster.start(place, durable=durable).sql("ALTER SYSTEM SET track_commit_timestamp = on")
    Cluster.start(place).stop()
    cluster = Cluster.start(place)
    issuer = DevelopmentIssuer.at(folder / "issuer.json", ISSUER, AUDIENCE)
    try:
        yield Ground(folder, cluster, issuer, servers)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def program(*arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """Run a Python program while the body runs; give its process id. It ends with us."""
    with (
        tempfile.TemporaryFile() as log,  # its lines are written, as in operation, not shown
        subprocess.Popen(
            [sys.executable, *arguments],
            env=os.environ | (environment or {}),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield process.pid
        finally:
            if (ended := process.poll()) is not None:  # by itself, and too early
                log.seek(0)
                last = log.read()[-LOG_BYTES:].decode(errors="replace")
                tell(f"{' '.join(arguments)} ended with {ended}\n{last}")
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            process.kill()


@asynccontextmanager
async def server(
    *arguments: str, environment: Mapping[str, str] | None = None, ready: str = "/-/ready"
) -> AsyncIterator[tuple[int, int]]:
    """Run a program that serves on a free port; give its process id and the port, once ready."""
    port = free_port()
    with program(*arguments, "--port", str(port), environment=environment) as pid:
        await answers(f"http://127.0.0.1:{port}{ready}")
        yield pid, port


async def answers(url: str) -> None:
    """Wait until a server answers. Raises `TimeoutError`."""
    deadline = time.monotonic() + START_SECONDS
    async with httpx.AsyncClient() as http:
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                if (await http.get(url)).is_success:
                    return
            await asyncio.sleep(0.1)
    raise TimeoutError(f"{url} does not answer")


async def backends(cluster: Cluster, database: str) -> list[int]:
    """List PostgreSQL's processes that serve a database now."""
    connection = await asyncpg.connect(
        user="postgres", database="postgres", host=str(cluster.sockets)
    )
    try:
        query = "SELECT pid FROM pg_stat_activity WHERE datname = $1"
        return [row["pid"] for row in await connection.fetch(query, database)]
    finally:
        await connection.close()


def cpu_seconds(pids: Iterable[int]) -> dict[int, float]:
    """Read how much CPU each process has used."""
    used = {}
    for pid in pids:
        with suppress(psutil.NoSuchProcess):
            times = psutil.Process(pid).cpu_times()
            used[pid] = times.user + times.system
    return used


def used_since(before: Mapping[int, float], after: Mapping[int, float]) -> float:
    """Give how much was used between two readings; a process that is new began with nothing."""
    return sum(now - before.get(pid, 0.0) for pid, now in after.items())
