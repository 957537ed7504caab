"""Hearing once, in order: watermark and effect share a transaction.

A batch is tried whole; if it fails it is halved until the one that fails stands alone. That
fact is kept as a dead letter, and later facts of the same aggregate park behind it.
"""

from collections.abc import Iterable, Sequence

import structlog
from pydantic import ValidationError

from kit import clock, tracing
from kit.aggregates import next_command
from kit.database import Transaction
from kit.events import Event, Record
from kit.facts import MOST_BYTES
from kit.letters import Reason, bury, unpark
from kit.reactions import OnMany, Reactions, Run
from kit.retry import is_transient
from kit.watermarks import Key, Standing, Watermarks

log = structlog.get_logger()


class Unreadable(Exception):
    """A record without a usable envelope."""


class TooLarge(Exception):
    """A fact whose body is over the limit."""


class Inbox:
    """One consumer's way of hearing."""

    def __init__(self, consumer: str, reactions: Reactions) -> None:
        self.consumer = consumer
        self.reactions = reactions
        self.heard_until: dict[str, float] = {}  # by stream, in seconds since 1970

    def note(self, stream: str, records: Sequence[Record]) -> None:
        """Note how far a stream has been heard: to the last record's time, or to its end, now."""
        last = event_of(records[-1]) if records else None
        self.heard_until[stream] = (last.time if last else clock.now()).timestamp()

    async def receive(self, tx: Transaction, records: Iterable[Record]) -> None:
        """Give each record its effect, once. Raises transient errors only: try again then."""
        batch = [(record, event_of(record)) for record in records]
        keys = {key_of(event) for _, event in batch if event}
        marks = await Watermarks.load(tx, self.consumer, keys)
        await self._attempt(tx, batch, marks)
        await marks.save(tx)

    async def _attempt(
        self, tx: Transaction, batch: list[tuple[Record, Event | None]], marks: Watermarks
    ) -> None:
        trial = marks.copy()
        try:
            async with tx.begin_nested():
                run = Run()
                for record, event in batch:
                    await self._hear(tx, record, event, trial, run)
                await run.end(tx)
        except Exception as error:
            if is_transient(error):
                raise
            await self._narrow(tx, batch, marks, error)
        else:
            marks.become(trial)

    async def _narrow(
        self,
        tx: Transaction,
        batch: list[tuple[Record, Event | None]],
        marks: Watermarks,
        error: Exception,
    ) -> None:
        if len(batch) == 1:
            record, event = batch[0]
            log.error("fact kept as a dead letter", consumer=self.consumer, **named(event, error))
            await bury(tx, self.consumer, record, event, Reason.POISON, error)
            if event:
                marks.block(key_of(event), Reason.POISON)
            return
        half = len(batch) // 2
        await self._attempt(tx, batch[:half], marks)
        await self._attempt(tx, batch[half:], marks)

    async def _hear(
        self, tx: Transaction, record: Record, event: Event | None, marks: Watermarks, run: Run
    ) -> None:
        if event is None:
            raise Unreadable(explain(record))
        if event.name in self.reactions.names and event.type not in self.reactions.table:
            return  # another version of a declared fact shares its sequence
        match marks.standing(key_of(event), event.epoch, event.sequence):
            case Standing.OLD:
                return
            case Standing.NEXT:
                await self._apply(tx, record, event, run)
                marks.move(key_of(event), event.epoch, event.sequence)
                await self._resume(tx, key_of(event), marks, run)
            case Standing.BLOCKED:
                await bury(tx, self.consumer, record, event, Reason.PARKED)
            case Standing.GAP:
                log.error("a fact is missing", consumer=self.consumer, **named(event))
                await bury(tx, self.consumer, record, event, Reason.GAP)
                marks.block(key_of(event), Reason.GAP)

    async def _apply(self, tx: Transaction, record: Record, event: Event, run: Run) -> None:
        on = self.reactions.table.get(event.type)
        if on is None:
            return
        if len(record.data) > MOST_BYTES:
            raise TooLarge(f"{len(record.data)} bytes; at most {MOST_BYTES}")
        said = on.model.model_validate_json(record.data)
        if isinstance(on, OnMany):
            await run.take(tx, on, said, event)
            return
        await run.end(tx)
        await next_command(tx)
        with tracing.processing([event]):
            await on.react(tx, said, event)
        await next_command(tx)

    async def _resume(self, tx: Transaction, key: Key, marks: Watermarks, run: Run) -> None:
        """Go on with what waited for a missing fact, now that it came."""
        if marks.blocked.get(key) is Reason.GAP:
            marks.unblock(key)
            await run.end(tx)
            waited = await unpark(tx, self.consumer, *key)
            await self._attempt(tx, [(record, event_of(record)) for record in waited], marks)


def event_of(record: Record) -> Event | None:
    """Read the envelope, if it can be read."""
    try:
        return Event.model_validate(record.attributes)
    except ValidationError:
        return None


def explain(record: Record) -> str:
    """Say which attributes make an envelope unusable."""
    try:
        Event.model_validate(record.attributes)
    except ValidationError as error:
        return ", ".join(f"{e['loc'][0] if e['loc'] else '?'}: {e['msg']}" for e in error.errors())
    return ""


def key_of(event: Event) -> Key:
    """Give what a watermark is kept for."""
    return event.source, event.subject


def named(event: Event | None, error: Exception | None = None) -> dict[str, str]:
    """Name a fact for the log: ids and codes only."""
    names = {"type": event.type, "subject": event.subject} if event else {}
    return names | ({"error": type(error).__name__} if error else {})
