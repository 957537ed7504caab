"""Reading a request strictly: what PostgreSQL or a reader could not hold is refused here."""

import asyncio
import json
from collections.abc import Collection
from typing import Any

import orjson
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.problem_types import TOO_LARGE, TOO_SLOW, UNSUPPORTED
from kit.problems import Problem

MOST_BYTES = 1024 * 1024
MOST_SECONDS = 20.0  # for a body to arrive; a gateway that buffers requests sends it at once
DEEPEST = 32

CLOSE = {"Connection": "close"}


class StrictRequest(Request):
    """A request whose JSON has no NaN, NUL, lone surrogate or nesting over 32."""

    async def json(self) -> Any:
        """Parse the body. Raises `json.JSONDecodeError`, which answers 422."""
        return parsed(await self.body())


def must_be_of(request: Request, types: Collection[str]) -> None:
    """Refuse a body in a form that the route does not read. Raises a 415 problem."""
    named = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if named not in types:
        raise Problem(UNSUPPORTED, accepted=sorted(types))


def parsed(body: bytes) -> Any:
    """Parse JSON that came as a body or as a file in one. Raises `json.JSONDecodeError`."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise json.JSONDecodeError("not JSON", "", error.pos) from None
    if b"\\u0000" in body or body.count(b"[") + body.count(b"{") > DEEPEST:
        inspect(value)
    return value


def inspect(value: Any) -> None:
    """Walk a parsed body. Raises `json.JSONDecodeError` where it is too deep or holds NUL."""
    rest = [(value, 1)]
    while rest:
        item, depth = rest.pop()
        if isinstance(item, str):
            if "\x00" in item:
                raise json.JSONDecodeError("NUL character", "", 0)
        elif isinstance(item, dict | list):
            if depth > DEEPEST:
                raise json.JSONDecodeError("nested too deep", "", 0)
            rest.extend((part, depth + 1) for part in parts(item))


def parts(item: dict[str, Any] | list[Any]) -> list[Any]:
    """Give what a container holds, its names included."""
    return [*item, *item.values()] if isinstance(item, dict) else item


class BodyLimit:
    """Refuses a body over the limit, or one that trickles in, before anyone holds it."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application receive what arrives in time."""
        if scope["type"] == "http":
            receive = Arriving(receive, self._most)
        await self._app(scope, receive, send)


class Arriving:
    """A body on its way in: so much, in so many seconds after one begins to read it."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._rest = most
        self._deadline: float | None = None
        self._whole = False

    async def __call__(self) -> Message:
        """Receive a part. Raises a 408 or 413 problem; then the connection is of no more use."""
        if self._whole:
            return await self._receive()  # what follows is word of the caller's leaving
        message = await self._in_time()
        self._whole = not message.get("more_body", False)
        self._rest -= len(message.get("body", b""))
        if self._rest < 0:
            raise Problem(TOO_LARGE, headers=CLOSE)
        return message

    async def _in_time(self) -> Message:
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + MOST_SECONDS
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._receive()
        except TimeoutError:
            raise Problem(TOO_SLOW, headers=CLOSE) from None
