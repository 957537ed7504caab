"""Reading a request strictly: what PostgreSQL or a reader could not hold is refused here."""

import asyncio
import json
from collections.abc import Collection, Iterable
from itertools import chain
from typing import Any

import orjson
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.problem_types import TOO_LARGE, TOO_SLOW, UNAVAILABLE, UNSUPPORTED
from kit.problems import Problem

MOST_BYTES = 1024 * 1024  # of a body, unless its route says otherwise
LARGER = "x-most-bytes"  # how a route says so, to callers too
MOST_SECONDS = 20.0  # for a body to arrive; a gateway that buffers requests sends it at once
DEEPEST = 32
BODY = "kit.body"  # where in an ASGI scope the body is that comes in: `Arriving`

CLOSE = {"Connection": "close"}


class StrictRequest(Request):
    """A request whose JSON has no NaN, NUL, lone surrogate or nesting over 32."""

    async def json(self) -> Any:
        """Parse the body. Raises `json.JSONDecodeError`, which answers 422."""
        body = await self.body()
        return parsed(body) if len(body) <= MOST_BYTES else await asyncio.to_thread(parsed, body)


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
    way = [iter([value])]
    while way:
        for item in way[-1]:
            if isinstance(item, str):
                if "\x00" in item:
                    raise json.JSONDecodeError("NUL character", "", 0)
            elif isinstance(item, dict | list):
                if len(way) > DEEPEST:
                    raise json.JSONDecodeError("nested too deep", "", 0)
                way.append(iter(parts(item)))
                break
        else:
            way.pop()


def parts(item: dict[str, Any] | list[Any]) -> Iterable[Any]:
    """Walk what a container holds, its names included."""
    return chain(item, item.values()) if isinstance(item, dict) else item


class BodyLimit:
    """Refuses a body over the limit, or one that trickles in, before anyone holds it.

    Of bodies over `MOST_BYTES`, which few routes take, the process holds one at a time.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._large: Arriving | None = None  # the body that is held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application receive what arrives in time."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        body = scope[BODY] = Arriving(receive, self)
        try:
            await self._app(scope, body, send)
        finally:
            self._large = None if self._large is body else self._large

    def hold(self, body: "Arriving") -> None:
        """Let a large body in. Raises a 503 problem while another is held."""
        if self._large not in (None, body):
            raise Problem(UNAVAILABLE, headers={"Retry-After": "2", **CLOSE})
        self._large = body


class Arriving:
    """A body on its way in: so much, in so many seconds after one begins to read it."""

    def __init__(self, receive: Receive, limit: BodyLimit) -> None:
        self._receive = receive
        self._limit = limit
        self._size = 0
        self._deadline: float | None = None
        self._whole = False
        self.most = MOST_BYTES  # which its route may raise before it reads

    async def __call__(self) -> Message:
        """Receive a part. Raises a 408, 413 or 503 problem: no more comes by this connection."""
        if self._whole:
            return await self._receive()  # what follows is word of the caller's leaving
        message = await self._in_time()
        self._whole = not message.get("more_body", False)
        self._size += len(message.get("body", b""))
        if self._size > self.most:
            raise Problem(TOO_LARGE, headers=CLOSE, most_bytes=self.most)
        if self._size > MOST_BYTES:
            self._limit.hold(self)
        return message

    async def _in_time(self) -> Message:
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + MOST_SECONDS
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._receive()
        except TimeoutError:
            raise Problem(TOO_SLOW, headers=CLOSE) from None
