"""A small reverse proxy: a service in a process of its own, behind a path of this one."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

import httpx
from kit.requests import MOST_BYTES
from starlette.types import Receive, Scope, Send

Header = tuple[bytes, bytes]

# A connection's own headers (RFC 9110, 7.6.1), and those that the server in front writes itself.
NOT_PASSED_ON = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer "
    b"transfer-encoding upgrade date server".split()
)
LARGER = {"/partners/catalogue/imports": 32 * 1024 * 1024}  # bytes; elsewhere `MOST_BYTES`
SLOWEST_SECONDS = 60  # between two bytes; a long poll waits 30


class Gone(Exception):
    """The caller went away in the middle of a request."""


def caller() -> httpx.AsyncClient:
    """Open the connections to the services' processes."""
    return httpx.AsyncClient(
        timeout=httpx.Timeout(SLOWEST_SECONDS, pool=None),
        limits=httpx.Limits(max_connections=None),
        trust_env=False,
    )


class Proxy:
    """An ASGI application that passes requests on, and answers back, as they come.

    `address` gives the process's address once it is ready, or nothing where it is away too long.
    """

    def __init__(self, http: httpx.AsyncClient, address: Callable[[], Awaitable[str | None]]):
        self._http = http
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > LARGER.get(scope["path"], MOST_BYTES):
            return await refuse(send, 413, "The body is too large")
        address = await self._address()
        if address is None:
            return await refuse(send, 503, "The service is away")
        try:
            answer = await self._http.send(request_to(address, scope, receive), stream=True)
        except httpx.TransportError:
            return await refuse(send, 502, "The service did not answer")
        except Gone:
            return None
        try:
            await pass_back(answer, send)
        finally:
            await answer.aclose()


def request_to(address: str, scope: Scope, receive: Receive) -> httpx.Request:
    """Write the request for the process: the path without its first part, all else as it came."""
    inner = scope["raw_path"].split(b"/", 2)[2]
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    headers = passed(scope["headers"])
    # A request without a body says nothing of one; a chunked one names no length.
    has_body = any(n in {b"content-length", b"transfer-encoding"} for n, _ in scope["headers"])
    url = httpx.URL(address).copy_with(raw_path=b"/" + inner + query)
    content = body_of(receive) if has_body else None
    return httpx.Request(scope["method"], url, headers=headers, content=content)


async def body_of(receive: Receive) -> AsyncIterator[bytes]:
    """Give a request's body as it comes."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        yield message.get("body", b"")
        more = message.get("more_body", False)


async def pass_back(answer: httpx.Response, send: Send) -> None:
    """Send an answer on as it comes."""
    headers = passed(answer.headers.raw)
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    async for part in answer.aiter_raw():
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body"})


def passed(headers: Iterable[Header]) -> list[Header]:
    """Take away what is of the connection only."""
    lower = ((name.lower(), value) for name, value in headers)
    return [(name, value) for name, value in lower if name not in NOT_PASSED_ON]


async def refuse(send: Send, status: int, title: str) -> None:
    """Answer with a problem; who asks again after a second may find the service back."""
    problem = {"type": "about:blank", "title": title, "status": status}
    headers = [(b"content-type", b"application/problem+json"), (b"retry-after", b"1")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode()})
