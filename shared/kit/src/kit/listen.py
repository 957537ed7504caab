"""Listening: one loop for each stream; place, watermarks and effects in one transaction."""

import asyncio
from collections.abc import Sequence

import structlog
from sqlalchemy import text

from kit.database import Database, Transaction
from kit.inbox import Inbox
from kit.leader import leading
from kit.letters import unpark
from kit.streams import Delivery, Stream

log = structlog.get_logger()

SLOWEST_RETRY_SECONDS = 5.0

GET_PLACE = text("SELECT place FROM place WHERE consumer = :consumer AND stream = :stream")
FIRST_PLACE = text("""
    INSERT INTO place (consumer, stream, place) VALUES (:consumer, :stream, :new)
    ON CONFLICT DO NOTHING
""")
MOVE_PLACE = text("""
    UPDATE place SET place = :new
    WHERE consumer = :consumer AND stream = :stream AND place = :old
""")


class PlaceMoved(Exception):
    """Another process has read on from here; this batch is its."""


class Listener:
    """Hears all streams of one consumer."""

    def __init__(self, database: Database, inbox: Inbox, streams: Sequence[Stream]) -> None:
        self._database = database
        self._inbox = inbox
        self._streams = streams

    async def run(self) -> None:
        """Listen for ever, as the one leader of this consumer."""
        role = f"listen {self._inbox.consumer}"
        async with leading(self._database, role), asyncio.TaskGroup() as group:
            for stream in self._streams:
                group.create_task(self._follow(stream))

    async def _follow(self, stream: Stream) -> None:
        pause = 0.1
        while True:
            try:
                await self.step(stream)
                pause = 0.1
            except Exception as error:  # noqa: BLE001 (whatever ails one stream, it is tried again)
                log.warning("stream failed", stream=stream.name, error=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, SLOWEST_RETRY_SECONDS)

    async def step(self, stream: Stream) -> int:
        """Read one page and give it its effects; return how many records it had."""
        place = await self.place(stream)
        delivery = await stream.read(place)
        if delivery.place != place:
            async with self._database.begin() as tx:
                await self._move(tx, stream, place, delivery)
                await self._inbox.receive(tx, delivery.records)
        return len(delivery.records)

    async def place(self, stream: Stream) -> str | None:
        """Give how far a stream has been heard; nothing means from the beginning."""
        async with self._database.begin() as tx:
            found: str | None = await tx.scalar(GET_PLACE, self._named(stream))
        return found

    async def _move(
        self, tx: Transaction, stream: Stream, old: str | None, delivery: Delivery
    ) -> None:
        named = self._named(stream) | {"old": old, "new": delivery.place}
        moved = await tx.execute(FIRST_PLACE if old is None else MOVE_PLACE, named)
        if moved.rowcount != 1:  # type: ignore[attr-defined] # a cursor's result has it
            raise PlaceMoved(stream.name)

    def _named(self, stream: Stream) -> dict[str, str | None]:
        return {"consumer": self._inbox.consumer, "stream": stream.name}


async def redrive(tx: Transaction, inbox: Inbox, source: str, subject: str) -> None:
    """Try what was put aside of an aggregate once more, in its order."""
    await inbox.receive(tx, await unpark(tx, inbox.consumer, source, subject))


async def forget(tx: Transaction, inbox: Inbox) -> None:
    """Let a consumer begin from zero: its projections empty, its places and marks gone."""
    for table in inbox.reactions.projections:
        await tx.execute(text(f"DELETE FROM {table}"))  # noqa: S608 (a name from our own code)
    for table in ("place", "watermark", "dead_letter"):
        await tx.execute(
            text(f"DELETE FROM {table} WHERE consumer = :consumer"),  # noqa: S608 (likewise)
            {"consumer": inbox.consumer},
        )
