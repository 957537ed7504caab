"""Reading referrals one by one, with something on and with it off, each on its own database."""

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from uuid import UUID

from .asked import Asked
from .calls import in_turn
from .ground import backends, cpu_seconds, used_since
from .rounds import Figures, Side, interleaved
from .table import CPU, RATE, Line, compared

CALLERS = 8
REFERRALS = 500


@dataclass(frozen=True)
class Reader:
    """A service, and what is read from it."""

    at: Asked
    referrals: Sequence[UUID]

    async def measure(self, times: int) -> Figures:
        """Read each in turn; give the rate, and the CPU of the service and its PostgreSQL."""
        paths = (f"/referrals/{each}" for each in islice(cycle(self.referrals), times))
        requests = [self.at.get(path) for path in paths]
        pids = [self.at.pid, *await backends(self.at.ground.cluster, self.at.database)]
        before, began = cpu_seconds(pids), time.perf_counter()
        await in_turn(requests, self.at.port, CALLERS)
        took = time.perf_counter() - began
        used = used_since(before, cpu_seconds(pids))
        return {RATE: times / took, CPU: used / times * 1e6}


async def on_and_off(
    bench: str,
    what: str,
    services: Mapping[str, AbstractAsyncContextManager[Asked]],
    rounds: int,
    times: int,
) -> list[Line]:
    """Compare the first service with the second, by the same reads."""
    async with AsyncExitStack() as stack:
        readers: dict[str, Reader] = {}
        for name, service in services.items():
            at = await stack.enter_async_context(service)
            readers[name] = Reader(at, await at.add(REFERRALS))
        for reader in readers.values():
            await reader.measure(max(times // 5, CALLERS))
        sides: dict[str, Side] = {
            name: lambda reader=reader: reader.measure(times)  # type: ignore[misc]
            for name, reader in readers.items()
        }
        found = await interleaved(bench, sides, rounds)
    on, off = services
    return [compared(bench, f"{what}, {CALLERS} connections", found[on], off, found[off], "")]
