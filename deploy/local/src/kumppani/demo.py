"""The estate, with the main job played on it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import httpx
from fastapi import FastAPI
from kit.embedded import Urls
from kit.run import Server
from rich.console import Console

from kumppani.actors import Cast, StepFailed
from kumppani.estate import SERVICES, Place, postgresql, prepare
from kumppani.feeds import Reader, caller
from kumppani.scenario import Scenario, reachable
from kumppani.show import Show

Form = Callable[[Place, dict[str, Urls]], FastAPI]


async def run(place: Place, form: Form, out: Console, *, once: bool) -> bool:
    """Start the estate and play; then stay until stopped, unless `once`. Says if all went well."""
    with postgresql(place) as cluster:
        with out.status("Migrating …"):
            databases = await prepare(cluster)
        server = Server(form(place, databases), port=place.port)
        serving = asyncio.create_task(server.serve())
        async with caller(place) as http:
            show = Show(out, [Reader(http, place, service) for service in SERVICES])
            well = await play(place, http, show)
            if well:
                addresses(place, out)
            if well and not once:
                out.print("\nStays up until Ctrl-C, and shows each fact.")
                await stay(serving, show)
        server.stop()
        await serving
        return well


async def play(place: Place, http: httpx.AsyncClient, show: Show) -> bool:
    """Play the scenario against the running estate, telling each step and each fact."""
    cast = Cast(
        http, place.issuer(), [f"{s}:{kind}" for s in SERVICES for kind in ("read", "write")]
    )
    try:
        await reachable(http, SERVICES)
        await show.begin()
        with show.progress:
            await Scenario(cast, show).play()
    except (StepFailed, httpx.HTTPError) as error:
        await show.failure(str(error) or type(error).__name__)
        return False
    return True


async def stay(serving: asyncio.Task[None], show: Show) -> None:
    """Show facts until the server is stopped; a service that is away for a moment tells later."""
    while not serving.done():
        with suppress(httpx.HTTPError):
            await show.facts()
        await asyncio.wait([serving], timeout=1)


def addresses(place: Place, out: Console) -> None:
    """Say where to look."""
    out.print(f"  {'dashboard':12} {place.url}/metrics/")
    for service in SERVICES:
        out.print(f"  {service:12} {place.url}/{service}/docs")
