"""Reading a request strictly: what PostgreSQL or a reader could not hold is refused here."""

import json
from typing import Any

import orjson
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.problem_types import TOO_LARGE
from kit.problems import Problem

MOST_BYTES = 1024 * 1024
DEEPEST = 32


class StrictRequest(Request):
    """A request whose JSON has no NaN, NUL, lone surrogate or nesting over 32."""

    async def json(self) -> Any:
        """Parse the body. Raises `json.JSONDecodeError`, which answers 422."""
        return parsed(await self.body())


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
    """Refuses a body over the limit while it arrives, before anyone holds it."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what is received."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most:
                raise Problem(TOO_LARGE)
            return message

        await self._app(scope, counted, send)
