"""The estate, with the main job played on it."""

import asyncio
from contextlib import suppress

import httpx
from rich.console import Console

from kumppani.actors import Cast, StepFailed
from kumppani.estate import SERVICES, Place
from kumppani.feeds import Reader
from kumppani.hosting import Estate, Form, addresses, running
from kumppani.scenario import Scenario
from kumppani.show import Show


async def run(place: Place, form: Form, out: Console, *, once: bool) -> bool:
    """Start the estate and play; then stay until stopped, unless `once`. Says if all went well."""
    async with running(place, form, out) as estate:
        show = Show(out, [Reader(estate.http, place, service) for service in SERVICES])
        if not await estate.unless_stopped(play(place, estate, show)):
            return False
        addresses(place, out)
        if not once:
            out.print("\nStays up until Ctrl-C, and shows each fact.")
            await stay(estate, show)
        return True


async def play(place: Place, estate: Estate, show: Show) -> bool:
    """Play the scenario against the running estate, telling each step and each fact."""
    scopes = [f"{service}:{kind}" for service in SERVICES for kind in ("read", "write")]
    cast = Cast(estate.http, place.issuer(), scopes)
    try:
        await estate.ready()
        await show.begin()
        with show.progress:
            await Scenario(cast, show).play()
    except (StepFailed, httpx.HTTPError) as error:
        await show.failure(str(error) or type(error).__name__)
        return False
    return True


async def stay(estate: Estate, show: Show) -> None:
    """Show facts until the estate is stopped; a service that is away for a moment tells later."""
    while not estate.serving.done():
        with suppress(httpx.HTTPError):
            await show.facts()
        await asyncio.wait([estate.serving], timeout=1)
