"""The estate, with the main job played on it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

import httpx
from rich.console import Console

from kumppani.actors import StepFailed, assembled, expect
from kumppani.estate import SERVICES, Place
from kumppani.feeds import readers
from kumppani.hosting import Estate, Form, addresses, running
from kumppani.issuers import Development, Issuer, Keycloak
from kumppani.scenario import Scenario
from kumppani.show import Show

Ready = Callable[[], Awaitable[None]]


async def run(place: Place, form: Form, out: Console, *, once: bool) -> bool:
    """Start the estate and play; then stay until stopped, unless `once`. Says if all went well."""
    issuer = Development(place.issuer())
    async with running(place, form, out) as estate:
        show = Show(out, await readers(estate.http, issuer, SERVICES))
        if not await estate.unless_stopped(play(estate.http, issuer, show, estate.ready)):
            return False
        addresses(place.url, out)
        if not once:
            out.print("\nStays up until Ctrl-C, and shows each fact.")
            await stay(estate, show)
        return True


async def run_at(url: str, secrets: Mapping[str, str | None], out: Console) -> bool:
    """Play on an estate that runs elsewhere. Says if all went well; raises `NoToken`."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        issuer = Keycloak(http, secrets)
        show = Show(out, await readers(http, issuer, SERVICES))
        well = await play(http, issuer, show, lambda: answering(http))
    if well:
        addresses(url, out)
    return well


async def play(http: httpx.AsyncClient, issuer: Issuer, show: Show, ready: Ready) -> bool:
    """Play the scenario against a running estate, telling each step and each fact."""
    try:
        await ready()
        cast = await assembled(http, issuer)
        await show.begin()
        with show.progress:
            await Scenario(cast, show).play()
    except (StepFailed, httpx.HTTPError) as error:
        await show.failure(str(error) or type(error).__name__)
        return False
    return True


async def answering(http: httpx.AsyncClient) -> None:
    """Ask each service for what everybody may read. Raises `StepFailed` where one is away."""
    for service in SERVICES:
        answer = await http.get(f"/{service}/openapi.json")
        expect(answer.is_success, f"{service} answers, but the gateway says {answer.status_code}")


async def stay(estate: Estate, show: Show) -> None:
    """Show facts until the estate is stopped; a service that is away for a moment tells later."""
    while not estate.serving.done():
        with suppress(httpx.HTTPError):
            await show.facts()
        await asyncio.wait([estate.serving], timeout=1)
