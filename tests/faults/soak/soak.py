"""A soak: writers write while things go wrong; then all is left alone, and the books compared."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kit.embedded import Cluster
from kumppani.broker import Broker

from .books import Books, HeardCount, Said, findings
from .mishaps import Mishaps
from .town import PLANS, Part, Plan, Town, a_town
from .writers import Writers

WRITERS = 12
RATE = 100.0  # commands a second
TELL_SECONDS = 10.0
START_SECONDS = 90.0
LAST_COMMANDS_SECONDS = 60.0
STILL_SECONDS = 6.0  # longer than a look at the logs, and than a long poll
STALLED_SECONDS = 60.0  # longer than every pause, deadline and retry that there is

FACTS = """
    SELECT data->>'counter' AS counter, sequence, CAST(data->>'value' AS integer) AS value,
           split_part(headers->>'traceparent', '-', 2) AS command
    FROM outbox ORDER BY position
"""
COUNTERS = "SELECT id, value FROM counter"
HEARD = "SELECT counter, value FROM heard ORDER BY at"
ASIDE = "SELECT reason FROM dead_letter"
# A feed's cursor is sealed anew at each look, so it says nothing of standing still.
PLACES = """
    SELECT consumer, stream, place FROM place WHERE stream NOT LIKE 'feed:%'
    ORDER BY consumer, stream
"""
MARKS = "SELECT subject, sequence FROM watermark ORDER BY subject"
LAST = "SELECT subject, max(sequence) AS sequence FROM outbox GROUP BY subject"


@dataclass(frozen=True)
class Soak:
    """How long, by which seed, on what."""

    seconds: float
    seed: int
    folder: Path
    cluster: Cluster
    servers: str
    broker: Broker | None  # where it is ours to stop, kill and empty
    tell: Callable[[str], None]
    plans: tuple[Plan, ...] = PLANS

    async def run(self) -> list[str]:
        """Run it; give what is wrong."""
        async with a_town(self.folder, self.cluster, self.servers, self.plans) as town:
            await town.start()
            await town.all_up(START_SECONDS)
            writers = Writers(town.called(), WRITERS, RATE, self.seed, town.complaints.append)
            mishaps = Mishaps(town, self.broker, self.seed, self.tell)
            telling = asyncio.create_task(self._tell(town, writers, mishaps))
            try:
                found = await self._soak(town, writers, mishaps)
            finally:
                telling.cancel()
            await town.stop()
            return [*town.complaints, *found, *findings(await books_of(town, writers))]

    async def _soak(self, town: Town, writers: Writers, mishaps: Mishaps) -> list[str]:
        writing = asyncio.create_task(writers.write())
        await mishaps.befall(self.seconds)
        writers.stopping.set()
        found = []
        try:
            await asyncio.wait_for(writing, LAST_COMMANDS_SECONDS)
        except TimeoutError:
            found.append(f"unanswered: a command after {LAST_COMMANDS_SECONDS:.0f} s of peace")
        self.tell(f"left alone; callers met {dict(writers.trouble)}")
        if not await settled(town):
            found.append(f"unsettled: nothing moves any more for {STALLED_SECONDS:.0f} s")
        return found

    async def _tell(self, town: Town, writers: Writers, mishaps: Mishaps) -> None:
        began = time.monotonic()
        while True:
            await asyncio.sleep(TELL_SECONDS)
            heard = sum([await heard_by(part) for part in town.consumers])
            self.tell(
                f"{time.monotonic() - began:5.0f} s  {writers.acknowledged} commands acknowledged, "
                f"{heard} facts heard by {len(town.consumers)}, {mishaps.done.total()} mishaps"
            )


async def heard_by(part: Part) -> int:
    """Count what a consumer heard."""
    count: int = (await part.rows("SELECT count(*) FROM heard"))[0][0]
    return count


async def settled(town: Town) -> bool:
    """Wait until all have heard all and stand still; say no where they stand still before that."""
    seen: list[object] = []
    since = time.monotonic()
    while True:
        now = [await part.rows(query) for part in town.parts for query in (PLACES, MARKS)]
        if now != seen:
            seen, since = now, time.monotonic()
        still = time.monotonic() - since
        if still > STILL_SECONDS and await all_heard(town):
            return True
        if still > STALLED_SECONDS:
            return False
        await asyncio.sleep(0.5)


async def all_heard(town: Town) -> bool:
    """Say whether each consumer's marks are where the outboxes end."""
    said = [row for part in town.producers for row in await part.rows(LAST)]
    return all([sorted(await part.rows(MARKS)) == sorted(said) for part in town.consumers])


async def books_of(town: Town, writers: Writers) -> Books:
    """Read all that was written down."""
    facts = [Said(*row) for part in town.producers for row in await part.rows(FACTS)]
    counters = [row for part in town.producers for row in await part.rows(COUNTERS)]
    heard = {part.plan.label: await part.rows(HEARD) for part in town.consumers}
    aside = {part.plan.label: await part.rows(ASIDE) for part in town.consumers}
    return Books(
        writers.commands,
        facts,
        {row.id: row.value for row in counters},
        {label: [HeardCount(*row) for row in rows] for label, rows in heard.items()},
        {label: [row.reason for row in rows] for label, rows in aside.items()},
    )
