"""The load: raw HTTP/1.1 over connections that are kept, in a process of its own.

    python -m tests.bench.load '{"port": …, "seconds": …, "head": "…", "body": "…"}'

It answers with one line of JSON: how many requests were answered, in how many seconds.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from uuid import uuid4

CONNECTIONS = 32
KEY = "{key}"  # in the head: another Idempotency-Key each time


@dataclass
class Load:
    """One request, sent again and again until the time is over."""

    port: int
    seconds: float
    head: str
    body: str
    expected: bytes = b"HTTP/1.1 201"
    answered: int = 0
    until: float = 0.0
    open: int = CONNECTIONS
    over: asyncio.Event = field(default_factory=asyncio.Event)
    run: str = field(default_factory=lambda: uuid4().hex[:12])
    sent: int = 0

    def request(self) -> bytes:
        """Write the next request."""
        self.sent += 1
        head = self.head.replace(KEY, f"{self.run}-{self.sent}")
        return f"{head}Content-Length: {len(self.body)}\r\n\r\n{self.body}".encode()

    def ended(self) -> None:
        """Note that a connection had its last answer."""
        self.open -= 1
        if not self.open:
            self.over.set()


class Caller(asyncio.Protocol):
    """One connection: a request, its answer, the next request."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._heard = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._load.request())

    def data_received(self, data: bytes) -> None:
        """Take an answer, or a part of one."""
        self._heard += data
        head, blank, body = self._heard.partition(b"\r\n\r\n")
        if not blank or len(body) < length(head):
            return
        if not head.startswith(self._load.expected):
            sys.exit(f"unexpected answer: {self._heard.decode(errors='replace')}")
        self._heard = b""
        self._load.answered += 1
        if time.perf_counter() < self._load.until:
            self._transport.write(self._load.request())
        else:
            self._transport.close()
            self._load.ended()


def length(head: bytes) -> int:
    """Read how long the body will be."""
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])


async def put_on(load: Load) -> dict[str, float]:
    """Put the load on a server, and count."""
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    load.until = began + load.seconds
    for _ in range(CONNECTIONS):
        await loop.create_connection(lambda: Caller(load), "127.0.0.1", load.port)
    await load.over.wait()
    return {"answered": load.answered, "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(put_on(Load(**json.loads(sys.argv[1]))))))
