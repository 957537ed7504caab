"""Work in the background that goes on for ever, whatever ails it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()

SLOWEST_RETRY_SECONDS = 5.0


async def for_ever(name: str, job: Callable[[], Awaitable[None]]) -> None:
    """Run a job; one that fails begins again, at once if it went well for long, else later."""
    pause = 0.1
    while True:
        began = time.monotonic()
        try:
            await job()
        except Exception as error:  # noqa: BLE001 (whatever ails a job, it is begun again)
            log.warning("begins again", job=name, **described(error))
        if time.monotonic() - began > SLOWEST_RETRY_SECONDS:
            pause = 0.1
        await asyncio.sleep(pause)
        pause = min(pause * 2, SLOWEST_RETRY_SECONDS)


def described(error: BaseException) -> dict[str, str]:
    """Name an error for the log; of a group, its first. Only texts that hold no data are told."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    kind = type(error)
    told = {"reason": str(error)} if kind.__module__.startswith(("kit.", "aiokafka.")) else {}
    return {"error": kind.__name__, **told}
