"""Work in the background that goes on for ever, whatever ails it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import structlog

log = structlog.get_logger()

SLOWEST_RETRY_SECONDS = 5.0
CANCEL_AGAIN_SECONDS = 1.0


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


async def end(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait for their end; one whose cancellation got lost is cancelled again."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=CANCEL_AGAIN_SECONDS)
    await asyncio.gather(*tasks, return_exceptions=True)


def told_to_end() -> bool:
    """Say whether this task was cancelled, though an error came in between.

    A connection that dies just then turns the cancellation into an error of its rollback.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def described(error: BaseException) -> dict[str, str]:
    """Name an error for the log; of a group, its first. Only texts that hold no data are told."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    kind = type(error)
    told = {"reason": str(error)} if kind.__module__.startswith(("kit.", "aiokafka.")) else {}
    return {"error": kind.__name__, **told}
