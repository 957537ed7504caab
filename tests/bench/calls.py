"""Calls over connections that are kept, each with its answer and the time that it took."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from uuid import UUID, uuid4

from .load import length


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many ms."""

    status: int
    ms: float
    body: bytes


class Connection:
    """A connection that is kept."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def call(self, request: bytes) -> Answer:
        """Send a request, and read its answer."""
        began = time.perf_counter()
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        body = await self._reader.readexactly(length(head))
        return Answer(int(head.split()[1]), (time.perf_counter() - began) * 1000, body)


@asynccontextmanager
async def connection(port: int) -> AsyncIterator[Connection]:
    """Open a connection; it is closed in the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with closing(writer):
        yield Connection(reader, writer)


async def at_once(requests: Sequence[bytes], port: int) -> list[Answer]:
    """Call on a connection for each request, all of which are open before the first is sent."""
    together = asyncio.Barrier(len(requests))

    async def call(request: bytes) -> Answer:
        async with connection(port) as opened:
            await together.wait()
            return await opened.call(request)

    return await asyncio.gather(*(call(request) for request in requests))


async def in_turn(requests: Iterable[bytes], port: int, callers: int) -> list[Answer]:
    """Let some callers share the requests. Raises `RuntimeError` on a refusal."""
    rest = iter(requests)

    async def call() -> list[Answer]:
        async with connection(port) as opened:
            return [accepted(await opened.call(request)) for request in rest]

    return [answer for each in await asyncio.gather(*(call() for _ in range(callers)))
            for answer in each]  # fmt: skip


def accepted(answer: Answer) -> Answer:
    """Give an answer that is no refusal. Raises `RuntimeError`."""
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {answer.body.decode()}")
    return answer


def p50_p95(took: Sequence[float]) -> tuple[float, float]:
    """Give the two quantiles, of two times or more."""
    return statistics.median(took), statistics.quantiles(took, n=20, method="inclusive")[18]


def get(path: str, port: int, token: str) -> bytes:
    """Write a request that reads."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n"
    ).encode()


def step(referral: UUID, body: str, revision: int, port: int, token: str) -> bytes:
    """Write a request that takes a step."""
    return (
        f"POST /referrals/{referral}/steps HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nAuthorization: Bearer {token}\r\n"
        f'Idempotency-Key: {uuid4().hex}\r\nIf-Match: "{revision}"\r\n'
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
