"""Reading the estate's feeds: each fact as its service tells it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import httpx
from kit.streams import after

from kumppani.estate import Place
from kumppani.issuers import OPERATOR, Development, Issuer

Event = dict[str, Any]

WAIT_SECONDS = 20
PAGE = 1000


class Reader:
    """Reads on in one service's feed, from its beginning."""

    def __init__(self, http: httpx.AsyncClient, token: str, service: str) -> None:
        self._http = http
        self._path = f"/{service}/events"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._query: dict[str, str | int] = {"limit": PAGE}

    async def page(self, wait: int = 0) -> list[Event]:
        """Read the next page; where there is nothing new, wait so many seconds for it."""
        query = self._query | {"wait": wait}
        answer = await self._http.get(self._path, params=query, headers=self._headers)
        answer.raise_for_status()
        self._query["after"] = after(answer)
        found: list[Event] = answer.json()
        return found

    async def rest(self) -> list[Event]:
        """Read all that was said until now."""
        found: list[Event] = []
        while page := await self.page():
            found += page
        return found


def caller(place: Place) -> httpx.AsyncClient:
    """Open a client of the estate on this machine: no proxy between, and time for a long poll."""
    return httpx.AsyncClient(base_url=place.url, timeout=WAIT_SECONDS + 10, trust_env=False)


async def readers(http: httpx.AsyncClient, issuer: Issuer, services: Sequence[str]) -> list[Reader]:
    """Open the feeds of some services, as the operator."""
    token = await issuer.token(OPERATOR)
    return [Reader(http, token, service) for service in services]


async def news(readers: Sequence[Reader]) -> list[Event]:
    """Read all that was said on some feeds until now, in the order of its time."""
    told = await asyncio.gather(*(reader.rest() for reader in readers))
    return sorted((event for events in told for event in events), key=lambda event: event["time"])


async def tail(place: Place, services: list[str], tell: Callable[[Event], None]) -> None:
    """Tell each fact of some services, from the first one on and as they happen, for ever."""

    async def follow(reader: Reader) -> None:
        while True:
            for event in await reader.page(WAIT_SECONDS):
                tell(event)

    async with caller(place) as http, asyncio.TaskGroup() as group:
        for reader in await readers(http, Development(place.issuer()), services):
            group.create_task(follow(reader))
