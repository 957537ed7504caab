"""The port of the bus: a stream gives the records after a place. Nothing above knows which."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
import orjson

from kit.events import Record
from kit.machine import MachineTokens

WAIT_SECONDS = 5  # a replay begins when the wait in hand ends
PAGE = 500


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


class Feed:
    """A producer's outbox, over HTTP."""

    def __init__(self, service: str, url: str, http: httpx.AsyncClient, me: MachineTokens) -> None:
        self.name = f"feed:{service}"
        self._url = url
        self._http = http
        self._me = me

    async def read(self, place: str | None) -> Delivery:
        """Ask for the page after a place."""
        query: dict[str, str | int] = {"wait": WAIT_SECONDS, "limit": PAGE}
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
