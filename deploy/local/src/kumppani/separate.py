"""The estate in separate processes: one for each service, watched; issuer and gateway in this one.

The processes hear of their settings by environment variables, as in production.
"""

import asyncio
import json
import os
import socket
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
from fastapi import FastAPI
from kit.embedded import Urls
from kit.run import GRACE_SECONDS
from kit.settings import ServiceSettings
from pydantic import SecretStr

from kumppani.estate import SERVICES, Place, issuer_app, settings_of
from kumppani.proxy import Proxy, caller

PATIENCE_SECONDS = 10.0  # a request waits so long for a process that is away
FIRST_PAUSE_SECONDS = 0.5  # before a process that died starts again; doubled each time
LONGEST_PAUSE_SECONDS = 10.0
STEADY_SECONDS = 30.0  # who lived so long begins with the first pause again

Report = Callable[[str], None]


def environment_of(settings: ServiceSettings) -> dict[str, str]:
    """Write a service's settings as the environment variables that it reads them from."""
    prefix = settings.model_config["env_prefix"]
    return {f"{prefix}{name.upper()}": written(value) for name, value in settings}


def written(value: object) -> str:
    """Write a setting as a variable holds it."""
    plain = value.get_secret_value() if isinstance(value, SecretStr) else value
    return str(plain) if isinstance(plain, str | Path) else json.dumps(plain)


class Child:
    """A service's process, started again when it dies."""

    def __init__(self, service: str, environment: dict[str, str], report: Report) -> None:
        self.service = service
        self._environment = environment
        self._report = report
        self._address = ""
        self._ready = asyncio.Event()
        self._leaving = asyncio.Event()

    async def run(self, http: httpx.AsyncClient) -> None:
        """Keep the process running until `leave`."""
        pause = FIRST_PAUSE_SECONDS
        while not self._leaving.is_set():
            began = time.monotonic()
            code = await self._live(http)
            if time.monotonic() - began > STEADY_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            if not self._leaving.is_set():
                self._report(f"{self.service} ended with {code}; it starts again in {pause:g} s")
                await self._wait(self._leaving, pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def address(self) -> str | None:
        """Give the process's address as soon as it is ready; nothing where it takes too long."""
        await self._wait(self._ready, PATIENCE_SECONDS)
        return self._address if self._ready.is_set() else None

    def leave(self) -> None:
        """Let the process end, and start no more."""
        self._leaving.set()

    async def _live(self, http: httpx.AsyncClient) -> int:
        """Start the process and see it through; give what it ended with."""
        port = free_port()
        self._address = f"http://127.0.0.1:{port}"
        # Tied to this process by its standard input; a Ctrl-C in the terminal is for us alone.
        command = [sys.executable, "-m", self.service, "serve", "--tied", "--port", str(port)]
        process = await asyncio.create_subprocess_exec(
            *command, env=self._environment, stdin=PIPE, stdout=sys.stderr, start_new_session=True
        )
        tasks = [asyncio.create_task(work) for work in (self._probe(http), self._end(process))]
        try:
            return await process.wait()
        finally:
            self._ready.clear()
            for task in tasks:
                task.cancel()

    async def _end(self, process: Process) -> None:
        """Ask the process to end when it is time; one that does not, ends all the same."""
        await self._leaving.wait()
        with suppress(ProcessLookupError):
            process.terminate()
            await asyncio.sleep(GRACE_SECONDS)
            process.kill()

    async def _probe(self, http: httpx.AsyncClient) -> None:
        """Note when the process is ready."""
        while not self._ready.is_set():
            with suppress(httpx.TransportError):
                if (await http.get(f"{self._address}/-/ready")).is_success:
                    self._ready.set()
            await asyncio.sleep(0.05)

    @staticmethod
    async def _wait(event: asyncio.Event, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environments(place: Place, databases: dict[str, Urls]) -> dict[str, dict[str, str]]:
    """Give each service's whole environment; what is local is never asked of a proxy."""
    local = os.environ | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    return {
        service: local | environment_of(settings_of(service, place, databases[service]))
        for service in SERVICES
    }


def separated(place: Place, databases: dict[str, Urls], report: Report) -> FastAPI:
    """Put the services' processes behind one port. Unlike a gateway in production this one lets
    `/-/…` through: whoever runs it is the operator.
    """
    app = FastAPI(title="Kumppani", docs_url=None, redoc_url=None, openapi_url=None)
    http = caller()
    children = [
        Child(service, environment, report)
        for service, environment in environments(place, databases).items()
    ]
    for child in children:
        app.mount(f"/{child.service}", Proxy(http, child.address))
    app.mount("/issuer", issuer_app(place))

    def leave() -> None:
        for child in children:
            child.leave()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        lives = [asyncio.create_task(child.run(http)) for child in children]
        yield
        leave()
        await asyncio.wait(lives)
        await http.aclose()

    app.router.lifespan_context = lifespan
    app.state.leave = leave
    return app
