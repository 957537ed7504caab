"""Listening: one loop for each stream; place, watermarks and effects in one transaction."""

import asyncio

import structlog
from sqlalchemy import text

from kit.database import Database, Transaction
from kit.inbox import Inbox
from kit.jobs import SLOWEST_RETRY_SECONDS, described, told_to_end
from kit.leader import leading
from kit.letters import unpark
from kit.places import PlaceMoved, hold_places, move_place, place_of
from kit.streams import Stream, Transport

log = structlog.get_logger()


class Listener:
    """Hears all streams of one consumer."""

    def __init__(self, database: Database, inbox: Inbox, transport: Transport) -> None:
        self._database = database
        self._inbox = inbox
        self._transport = transport
        self._places: dict[str, str] = {}

    async def run(self) -> None:
        """Listen for ever, as the one leader of this consumer.

        Raises where the transport or the database fails, and `PlaceMoved` where another process
        has come to lead: then this one stands by again.
        """
        role = f"listen {self._inbox.consumer}"
        try:
            async with (
                leading(self._database, role),
                self._transport.opened() as streams,
                asyncio.TaskGroup() as group,
            ):
                async for stream in streams:
                    group.create_task(self._follow(stream))
        finally:
            self._inbox.heard_until.clear()  # who leads now, knows

    async def _follow(self, stream: Stream) -> None:
        pause = 0.1
        self._inbox.note(stream.name, ())
        while True:
            try:
                await self.step(stream)
                pause = 0.1
            except PlaceMoved:
                raise
            except Exception as error:
                if told_to_end():
                    raise
                log.warning("stream failed", stream=stream.name, **described(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, SLOWEST_RETRY_SECONDS)

    async def step(self, stream: Stream) -> int:
        """Read one page and give it its effects; return how many records it had."""
        place = self._places.pop(stream.name, None) or await self.place(stream)
        delivery = await stream.read(place)
        if delivery.place != place:
            async with self._database.begin(lasting=False) as tx:
                await move_place(tx, self._inbox.consumer, stream.name, place, delivery.place)
                await self._inbox.receive(tx, delivery.records)
        if delivery.records:  # an idle stream looks its place up: a replay may have taken it away
            self._places[stream.name] = delivery.place
        self._inbox.note(stream.name, delivery.records)
        return len(delivery.records)

    async def place(self, stream: Stream) -> str | None:
        """Give how far a stream has been heard; nothing means from the beginning."""
        async with self._database.begin() as tx:
            return await place_of(tx, self._inbox.consumer, stream.name)


async def redrive(tx: Transaction, inbox: Inbox, source: str, subject: str) -> None:
    """Try what was put aside of an aggregate once more, in its order."""
    await hold_places(tx)
    await inbox.receive(tx, await unpark(tx, inbox.consumer, source, subject))


async def forget(tx: Transaction, inbox: Inbox) -> None:
    """Let a consumer begin from zero: its projections empty, its places and marks gone."""
    await hold_places(tx)
    for table in inbox.reactions.projections:
        await tx.execute(text(f"DELETE FROM {table}"))  # noqa: S608 (a name from our own code)
    for table in ("place", "watermark", "dead_letter"):
        await tx.execute(
            text(f"DELETE FROM {table} WHERE consumer = :consumer"),  # noqa: S608 (likewise)
            {"consumer": inbox.consumer},
        )
