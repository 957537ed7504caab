"""The two services as processes of their own, which end in many ways."""

import asyncio
import os
import signal
import sys
import threading
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from kit.issuer import DevelopmentIssuer
from kit.service import Service
from kit.testing.harness import STANDING
from kumppani.broker import free_port
from pydantic import SecretStr

from .estate import Estate, issuing, until
from .program import Moment

ROOT = Path(__file__).parents[2]
END_SECONDS = 10.0


@dataclass
class Processes:
    """What runs of an estate."""

    estate: Estate
    issuer: DevelopmentIssuer
    issuer_url: str
    log: Path
    port: int = field(default_factory=free_port)
    running: list[Process] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Give the address of the producer's API."""
        return f"http://127.0.0.1:{self.port}"

    async def start(
        self, service: Service, program: str, *options: str, dies: Moment = Moment.NEVER
    ) -> Process:
        """Start a program of a service."""
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.faults.program", program, *options),
                cwd=ROOT,
                env=os.environ | self._environment(service) | {"FAULTS_DIES": dies},
                stdout=log,
                stderr=log,
            )
        self.running.append(process)
        return process

    async def start_api(self) -> Process:
        """Start the producer's API, and wait until it answers."""
        process = await self.start(self.estate.producer, "api", "--port", str(self.port))
        await until(self._is_ready)
        return process

    async def _is_ready(self) -> bool:
        try:
            async with httpx.AsyncClient() as http:
                return (await http.get(f"{self.url}/-/ready")).is_success
        except httpx.TransportError:
            return False

    def _environment(self, service: Service) -> dict[str, str]:
        told: dict[str, Any] = service.settings.model_dump(exclude={"feeds", "standing"})
        told |= {
            "name": service.name,
            "standing": f'["{STANDING}"]',
            "jwks_url": f"{self.issuer_url}/jwks",
            "token_url": f"{self.issuer_url}/token",
        }
        if service is self.estate.consumer:
            told["feeds"] = f'{{"{self.estate.producer.name}": "{self.url}"}}'
        return {f"FAULTS_{name.upper()}": plain(value) for name, value in told.items()}

    def end(self) -> None:
        """End what still runs."""
        for process in self.running:
            if process.returncode is None:
                process.kill()


def plain(value: Any) -> str:
    """Write a setting for the environment."""
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


async def terminate(*processes: Process) -> list[float]:
    """End processes in order; give the seconds that each took. Raises where one takes over 10 s."""
    began = time.monotonic()

    async def ended(process: Process) -> float:
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(END_SECONDS):
            assert await process.wait() == 0
        return time.monotonic() - began

    return list(await asyncio.gather(*(ended(process) for process in processes)))


@asynccontextmanager
async def processes(estate: Estate, folder: Path) -> AsyncIterator[Processes]:
    """Let an estate run as processes; they find their issuer here."""
    port = free_port()
    issuer = DevelopmentIssuer.at(
        folder / "key.json", estate.producer.settings.issuer, estate.producer.settings.audience
    )
    app = issuing(issuer, estate.producer.name)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    made = Processes(estate, issuer, f"http://127.0.0.1:{port}", folder / "processes.log")
    try:
        yield made
    finally:
        made.end()
        for process in made.running:
            await process.wait()
        server.should_exit = True
        await asyncio.to_thread(thread.join)
