"""(j) What the disclosure log costs a read: with it, and with the same service without it."""

from .asked import serving
from .ground import Ground
from .reads import on_and_off
from .table import Line


async def measure(ground: Ground, rounds: int, times: int = 2_000) -> list[Line]:
    """Measure both, in turn."""
    services = {
        "logged": serving(ground, "logged"),
        "no disclosure log": serving(ground, "unlogged", program="tests.bench.unlogged"),
    }
    return await on_and_off("j", "GET /referrals/{id}, disclosure log on", services, rounds, times)
