"""The estate, with the main job played on it."""

import asyncio

import httpx
import uvicorn
from kit.embedded import Urls
from kit.run import GRACE_SECONDS
from rich.console import Console
from rich.markup import escape

from kumppani.actors import Cast, StepFailed
from kumppani.estate import SERVICES, Place, gateway, postgresql, prepare
from kumppani.scenario import Scenario, reachable


async def run(place: Place, out: Console, *, once: bool) -> bool:
    """Start the estate and play; then stay until stopped, unless `once`. Says if all went well."""
    with postgresql(place) as cluster:
        with out.status("Migrating …"):
            databases = await prepare(cluster)
        return await stage(place, databases, out, once=once)


async def stage(place: Place, databases: dict[str, Urls], out: Console, *, once: bool) -> bool:
    """Serve the estate, and play on it."""
    config = uvicorn.Config(
        gateway(place, databases),
        port=place.port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    well = await play(place, out)
    if not once and well:
        out.print("\nStays up until Ctrl-C.")
        await serving
    server.should_exit = True
    await serving
    return well


async def play(place: Place, out: Console) -> bool:
    """Play the scenario against the running estate, telling each step."""
    scopes = [f"{s}:{kind}" for s in SERVICES for kind in ("read", "write")]
    async with httpx.AsyncClient(base_url=place.url, timeout=30) as http:
        cast = Cast(http, place.issuer(), scopes)
        try:
            await reachable(http, SERVICES)
            await Scenario(cast, lambda line: out.print(f"  [green]✓[/] {escape(line)}")).play()
        except (StepFailed, httpx.HTTPError) as error:
            out.print(f"  [red]✗ {escape(str(error) or type(error).__name__)}[/]", soft_wrap=True)
            return False
    out.print(f"  {'dashboard':12} {place.url}/metrics/")
    for service in SERVICES:
        out.print(f"  {service:12} {place.url}/{service}/docs")
    return True
