"""The port of the bus: a stream gives the records after a place. Nothing above knows which."""

from base64 import b64decode
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
import orjson

from kit.events import Record
from kit.machine import MachineTokens

WAIT_SECONDS = 5  # a replay begins when the wait in hand ends
PAGE = 1000


@dataclass(frozen=True)
class Delivery:
    """Some records, and the reader's place after them; places are opaque."""

    records: Sequence[Record]
    place: str


class Stream(Protocol):
    """One ordered source of records: a producer's feed, or a partition of a topic."""

    name: str

    async def read(self, place: str | None) -> Delivery:
        """Give what follows a place, or the beginning; wait a while where there is nothing."""
        ...


class Transport(Protocol):
    """What carries facts to one consumer."""

    def opened(self) -> AbstractAsyncContextManager[AsyncIterator[Stream]]:
        """Connect, and give each stream once, as it is found."""
        ...


class Feeds:
    """The transport of an estate without Kafka: the producers' feeds."""

    def __init__(self, feeds: Sequence["Feed"]) -> None:
        self._feeds = feeds

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[AsyncIterator[Stream]]:
        """Give the feed of each producer."""

        async def each() -> AsyncIterator[Stream]:
            for feed in self._feeds:
                yield feed

        yield each()


class Feed:
    """A producer's outbox, over HTTP."""

    def __init__(self, service: str, url: str, http: httpx.AsyncClient, me: MachineTokens) -> None:
        self.name = f"feed:{service}"
        self._url = url
        self._http = http
        self._me = me

    async def read(self, place: str | None, wait: int = WAIT_SECONDS) -> Delivery:
        """Ask for the page after a place; wait some seconds where there is nothing."""
        query: dict[str, str | int] = {"wait": wait, "limit": PAGE}
        if place is not None:
            query["after"] = place
        answer = await self._http.get(
            f"{self._url}/events",
            params=query,
            headers=await self._me.headers(),
            timeout=WAIT_SECONDS + 10,
        )
        answer.raise_for_status()
        return Delivery([record(item) for item in orjson.loads(answer.content)], after(answer))


def record(item: dict[str, Any]) -> Record:
    """Take a structured CloudEvent apart (JSON event format, `data` or `data_base64`)."""
    attributes = {name: value for name, value in item.items() if not name.startswith("data")}
    if "data_base64" in item:
        return Record(attributes, b64decode(item["data_base64"]))
    return Record(attributes, orjson.dumps(item.get("data")))


def after(answer: httpx.Response) -> str:
    """Find the next place in the answer's `Link`."""
    return httpx.URL(answer.links["next"]["url"]).params["after"]
