"""Calling the estate as its users do: over HTTP, with a token, waiting for facts to arrive."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from kumppani.estate import SERVICES
from kumppani.issuers import COORDINATOR, Issuer
from kumppani.oulu import PARTIES

PATIENCE_SECONDS = 15.0
SCOPES = [f"{service}:{kind}" for service in SERVICES for kind in ("read", "write")]

Json = dict[str, Any]


class StepFailed(Exception):
    """The scenario did not go as it must; one line says where."""


def expect(holds: bool, what: str) -> None:
    """Stop where something is not as it must be."""
    if not holds:
        raise StepFailed(f"expected: {what}")


class Actor:
    """An organisation, as its own systems call the services."""

    def __init__(self, http: httpx.AsyncClient, token: str, organisation: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"}
        self.organisation = organisation

    async def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return (await self._call("GET", path, params=query)).json()

    async def post(self, path: str, body: Json | None = None, *, of: Json | None = None) -> Any:
        """Create, or move a thing that was read before (`of`)."""
        return (await self._call("POST", path, json=body or {}, headers=matching(of))).json()

    async def lines(self, path: str, *bodies: Json) -> list[Json]:
        """Post a body a line, and read a result a line."""
        content = "\n".join(map(json.dumps, bodies))
        kind = {"Content-Type": "application/x-ndjson"}
        answer = await self._call("POST", path, content=content, headers=kind)
        return [json.loads(line) for line in answer.text.splitlines()]

    async def put(self, path: str, body: Json, *, of: Json | None = None) -> Any:
        """Change, or bring a thing under an id of one's own."""
        return (await self._call("PUT", path, json=body, headers=matching(of))).json()

    async def delete(self, path: str) -> Any:
        """Take away."""
        return (await self._call("DELETE", path)).json()

    async def refused(self, path: str, body: Json, *, of: Json) -> Json:
        """Post what must be refused, and give the problem."""
        headers = self._headers | matching(of) | {"Idempotency-Key": uuid4().hex}
        answer = await self._http.post(path, json=body, headers=headers)
        if answer.is_success:
            raise StepFailed(f"POST {path} was not refused")
        problem: Json = answer.json()
        return problem

    async def until(self, path: str, holds: Callable[[Any], bool], what: str, **query: Any) -> Any:
        """Read until something holds: facts need a moment to arrive."""
        return await wait_for(lambda: self.get(path, **query), holds, what)

    async def joins(self) -> None:
        """Register one's own client, where it is not yet; each service must hear of it."""
        path = f"/partners/organisations/{self.organisation}/clients"
        there = {client["client_id"] for client in (await self.get(path))["items"]}
        if self.organisation not in there:
            body = {"client_id": self.organisation, "scopes": SCOPES}
            await self.post(path, body)

        async def let_in() -> bool:
            answers = [
                await self._http.get(f"/{service}/events", headers=self._headers)
                for service in SERVICES
            ]
            return all(answer.is_success for answer in answers)

        await wait_for(let_in, bool, f"every service's word of {self.organisation}'s client")

    async def events(self, service: str, after: str | None) -> tuple[list[Any], str]:
        """Read a page of a feed, and where it goes on."""
        query: Json = {"limit": 1000} | ({"after": after} if after else {})
        answer = await self._call("GET", f"/{service}/events", params=query)
        return answer.json(), httpx.URL(answer.links["next"]["url"]).params["after"]

    async def _call(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = self._headers | (more.pop("headers", None) or {})
        if method == "POST":
            headers["Idempotency-Key"] = uuid4().hex
        answer = await self._http.request(method, path, headers=headers, **more)
        if not answer.is_success:
            raise StepFailed(f"{method} {path} answered {answer.status_code}: {answer.text}")
        return answer


def matching(of: Json | None) -> dict[str, str]:
    """Give the `If-Match` of a thing that was read."""
    return {} if of is None else {"If-Match": f'"{of["revision"]}"'}


async def wait_for(
    read: Callable[[], Awaitable[Any]],
    holds: Callable[[Any], bool],
    what: str,
    patience: float = PATIENCE_SECONDS,
) -> Any:
    """Read again and again until it holds. Raises `StepFailed` when it does not in time."""
    deadline = time.monotonic() + patience
    while True:
        found = await read()
        if holds(found):
            return found
        if time.monotonic() > deadline:
            raise StepFailed(f"{what} did not come about in {patience:.0f} s")
        await asyncio.sleep(0.05)


async def persistent(act: Callable[[], Any]) -> Any:
    """Do again what fails while a fact is on its way; give up with the last failure."""
    failures: list[StepFailed] = []

    async def attempt() -> Any:
        try:
            return await act()
        except StepFailed as error:
            failures[:] = [error]
            return None

    try:
        return await wait_for(attempt, lambda found: found is not None, "an answer")
    except StepFailed:
        raise failures[0] from None


@dataclass(frozen=True)
class Cast:
    """All who act, each with its own token."""

    parties: dict[str, Actor]
    coordinator: Actor


async def assembled(http: httpx.AsyncClient, issuer: Issuer) -> Cast:
    """Get everybody's token."""

    async def actor(client: str) -> Actor:
        return Actor(http, await issuer.token(client), client)

    return Cast({code: await actor(code) for code in PARTIES}, await actor(COORDINATOR))
