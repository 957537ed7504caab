"""(i) 1,000 terms that end at once: how long until all fired, each once, and what others notice."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from .asked import Asked, serving
from .calls import Answer, accepted, connection, p50_p95
from .facts import connected
from .ground import Ground
from .rounds import Figures, interleaved
from .table import Line

TIMERS = 1_000
PAUSE = 0.02  # seconds between an answer and the next request
LIMIT_SECONDS = 300.0
SECONDS, BUSY, IDLE = "s until all fired", "ms p95 meanwhile", "ms p95 idle"

WAITING = """
    SELECT count(*) FROM deadline WHERE referral_id = ANY ($1::uuid[]) AND timed = 'decide'
"""
FIRED = """
    SELECT subject, count(*) FROM outbox
    WHERE type = 'referrals.referral.decision_overdue.v1' AND subject = ANY ($1)
    GROUP BY subject
"""


class NotOnce(Exception):
    """A timer did not fire, or fired twice."""


@dataclass(frozen=True)
class Clock:
    """A service whose timers fire, and a referral that somebody reads meanwhile."""

    at: Asked
    read: UUID

    async def measure(self, timers: int, seconds: float) -> Figures:
        """Read while nothing is due, and while everything is."""
        idle = await self._reading(asyncio.create_task(asyncio.sleep(seconds)))
        due = await self.at.add(timers, due=timedelta(), apart=timedelta())
        began = time.perf_counter()
        firing = asyncio.create_task(self._fired(due))
        busy = await self._reading(firing)
        took = (await firing) - began
        await self._once(due)
        return {SECONDS: took, BUSY: p95(busy), IDLE: p95(idle)}

    async def _reading(self, until: "asyncio.Task[float] | asyncio.Task[None]") -> list[Answer]:
        """Read at a steady pace until something is done; twice at the least."""
        answers: list[Answer] = []
        async with connection(self.at.port) as opened:
            while not until.done() or len(answers) < 2:
                answers.append(accepted(await opened.call(self.at.get(f"/referrals/{self.read}"))))
                await asyncio.sleep(PAUSE)
        return answers

    async def _fired(self, due: Sequence[UUID]) -> float:
        """Wait until none waits; give when that was. Raises `TimeoutError`."""
        database = await connected(self.at.ground, self.at.database)
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                while await database.fetchval(WAITING, due):
                    await asyncio.sleep(0.1)
            return time.perf_counter()
        finally:
            await database.close()

    async def _once(self, due: Sequence[UUID]) -> None:
        """Count the facts. Raises `NotOnce`."""
        database = await connected(self.at.ground, self.at.database)
        rows = await database.fetch(FIRED, [f"referrals/{each}" for each in due])
        await database.close()
        twice = sum(row["count"] > 1 for row in rows)
        if twice or len(rows) != len(due):
            raise NotOnce(f"of {len(due)} timers {len(rows)} fired, {twice} more than once")


def p95(answers: Sequence[Answer]) -> float:
    """Give how long an answer took."""
    return p50_p95([answer.ms for answer in answers])[1]


async def measure(
    ground: Ground, rounds: int, timers: int = TIMERS, seconds: float = 5.0
) -> list[Line]:
    """Measure, after a few have fired."""
    async with serving(ground, "timers") as at:
        read = (await at.add(1))[0]
        clock = Clock(at, read)
        await clock.measure(5, seconds / 5)
        found = await interleaved("i", {"due": lambda: clock.measure(timers, seconds)}, rounds)
    figures = found["due"]
    return [
        Line(
            "i",
            f"{timers:,} timers due at once, each fires once; reads meanwhile",
            f"{figures[SECONDS]:.1f} s, p95 {figures[BUSY]:.0f} ms",
            "reads while nothing is due",
            f"p95 {figures[IDLE]:.0f} ms",
            f"{figures[BUSY] / figures[IDLE]:.2f} (p95)",
        )
    ]
