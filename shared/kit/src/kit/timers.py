"""Timers: what falls due by the clock is done by one leader, each thing once, late or not."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from kit import clock
from kit.database import Database, Transaction
from kit.jobs import described, told_to_end
from kit.leader import leading

log = structlog.get_logger()

LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Timer:
    """What falls due: `act` does the first thing that is due at a moment (UTC), and says whether
    there was one. It locks what it changes and looks again under the lock, since two that lead
    may meet there; so a thing is done once, whoever asks. One that may have work for minutes is
    `apart`: it looks by itself, and what is due elsewhere does not wait for it.
    """

    name: str
    act: Callable[[Transaction, datetime], Awaitable[bool]]
    apart: bool = False


class Timers:
    """Does what is due, as the one leader."""

    def __init__(self, database: Database, timers: Sequence[Timer]) -> None:
        self._database = database
        self._timers = [*timers]

    def also(self, timer: Timer) -> None:
        """Do what a service's own parts are needed for as well."""
        self._timers.append(timer)

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._timers)

    async def run(self) -> None:
        """Look every second, for ever; what fell due while nobody looked is done first."""
        async with leading(self._database, "timers") as connection:
            apart = [asyncio.create_task(self._look(t)) for t in self._timers if t.apart]
            try:
                while True:
                    await connection.scalar(clock.CLOCK)  # who lost its connection, stands by
                    for timer in self._timers:
                        if not timer.apart:
                            await self._drain(timer, None)
                    await asyncio.sleep(LOOK_SECONDS)
            finally:
                for task in apart:
                    task.cancel()
                await asyncio.gather(*apart, return_exceptions=True)

    async def catch_up(self, at: datetime | None = None) -> int:
        """Do all that is due by the database's clock, or at a moment, each thing in a transaction
        of its own; return how many there were.

        A timer that fails is told of in the log and tried again at the next look; it holds no
        other back.
        """
        return sum([await self._drain(timer, at) for timer in self._timers])

    async def _look(self, timer: Timer) -> None:
        while True:
            await self._drain(timer, None)
            await asyncio.sleep(LOOK_SECONDS)

    async def _drain(self, timer: Timer, at: datetime | None) -> int:
        done = 0
        try:
            while await self._one(timer, at):
                done += 1
        except Exception as error:
            if told_to_end():
                raise
            log.warning("timer failed", timer=timer.name, **described(error))
        return done

    async def _one(self, timer: Timer, at: datetime | None) -> bool:
        async with self._database.begin() as tx:
            return await timer.act(tx, at or await clock.of_database(tx))
