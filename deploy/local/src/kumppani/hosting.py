"""Running the estate in either form: PostgreSQL, the services behind one port, and their end."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx
from fastapi import FastAPI
from kit.embedded import Urls
from kit.run import Server
from rich.console import Console

from kumppani.actors import wait_for
from kumppani.estate import SERVICES, Place, postgresql, prepare
from kumppani.feeds import caller

START_SECONDS = 60.0

Form = Callable[[Place, dict[str, Urls]], FastAPI]
Result = TypeVar("Result")


class Estate:
    """A running estate."""

    def __init__(self, http: httpx.AsyncClient, serving: asyncio.Task[None]) -> None:
        self.http = http
        self.serving = serving

    async def unless_stopped(self, work: Coroutine[Any, Any, Result]) -> Result | None:
        """Do something while the estate runs; give nothing where it is stopped first."""
        task = asyncio.create_task(work)
        await asyncio.wait({self.serving, task}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        task.cancel()
        await asyncio.wait({task})
        return None

    async def ready(self) -> None:
        """Wait until every service is ready. Raises `StepFailed` when they are not in time."""

        async def all_ready() -> bool:
            try:
                answers = [await self.http.get(f"/{service}/-/ready") for service in SERVICES]
            except httpx.TransportError:
                return False  # not listening yet
            return all(answer.is_success for answer in answers)

        await wait_for(all_ready, bool, "the estate", START_SECONDS)


@asynccontextmanager
async def running(place: Place, form: Form, out: Console) -> AsyncIterator[Estate]:
    """Run the estate until it is stopped, or the body ends. PostgreSQL stops last."""
    with postgresql(place) as cluster:
        with out.status("Migrating …"):
            databases = await prepare(cluster)
        server = Server(form(place, databases), port=place.port)
        serving = asyncio.create_task(server.serve())
        try:
            async with caller(place) as http:
                yield Estate(http, serving)
        finally:
            server.stop()
            await serving


async def up(place: Place, form: Form, out: Console) -> None:
    """Run the estate until it is stopped; say where it is when it is ready."""
    async with running(place, form, out) as estate:
        await estate.unless_stopped(estate.ready())
        if not estate.serving.done():
            addresses(place.url, out)
            await estate.serving


def addresses(url: str, out: Console) -> None:
    """Say where to look."""
    out.print(f"  {'dashboard':12} {url}/metrics/")
    for service in SERVICES:
        out.print(f"  {service:12} {url}/{service}/docs")
