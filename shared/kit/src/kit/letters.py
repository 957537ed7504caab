"""Facts that could not be handled: kept whole, with the reason, until redriven or discarded."""

from enum import StrEnum

from sqlalchemy import text

from kit.database import Transaction, dumps
from kit.events import Event, Record
from kit.places import hold_places

LONGEST_ERROR = 2000  # characters


class Reason(StrEnum):
    """Why a fact was put aside."""

    POISON = "poison"  # it failed
    PARKED = "parked"  # one before it, of the same aggregate, was put aside
    GAP = "gap"  # one before it has not arrived


class NotFirst(Exception):
    """A letter that others of its aggregate are before; the text names the first."""


BURY = text("""
    INSERT INTO dead_letter
        (consumer, reason, source, subject, epoch, sequence, attributes, data, error)
    VALUES (:consumer, :reason, :source, :subject, :epoch, :sequence,
            CAST(:attributes AS jsonb), :data, :error)
    ON CONFLICT (consumer, source, subject, epoch, sequence)
    DO UPDATE SET attributes = excluded.attributes, data = excluded.data
""")

UNPARK = text("""
    WITH gone AS (
        DELETE FROM dead_letter
        WHERE consumer = :consumer AND source = :source AND subject = :subject
        RETURNING epoch, sequence, attributes, data
    )
    SELECT attributes, data FROM gone ORDER BY epoch, sequence
""")


async def bury(
    tx: Transaction,
    consumer: str,
    record: Record,
    event: Event | None,
    reason: Reason,
    error: Exception | None = None,
) -> None:
    """Keep a record as it came; as it came last, where it is delivered again.

    An error's text is kept only where it cannot echo input.
    """
    identity = event.model_dump(include={"source", "subject", "epoch", "sequence"}) if event else {}
    await tx.execute(
        BURY,
        dict.fromkeys(("source", "subject", "epoch", "sequence"))
        | identity
        | {
            "consumer": consumer,
            "reason": reason.value,
            "attributes": dumps(dict(record.attributes)),
            "data": record.data,
            "error": told(error) if error else "",
        },
    )


def told(error: Exception) -> str:
    """Write an error down: its kind, and of its text what the database can keep."""
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR].replace("\0", "\ufffd")


async def unpark(tx: Transaction, consumer: str, source: str, subject: str) -> list[Record]:
    """Take out all that was put aside of one aggregate, in its order."""
    rows = await tx.execute(UNPARK, {"consumer": consumer, "source": source, "subject": subject})
    return [Record(row.attributes, row.data) for row in rows]


EARLIEST = text("""
    SELECT earliest.id
    FROM dead_letter AS this JOIN dead_letter AS earliest USING (consumer, source, subject)
    WHERE this.id = :id
    ORDER BY earliest.epoch, earliest.sequence
    LIMIT 1
""")

DISCARD = text("""
    WITH gone AS (DELETE FROM dead_letter WHERE id = :id RETURNING *)
    INSERT INTO watermark (consumer, source, subject, epoch, sequence)
    SELECT consumer, source, subject, epoch, sequence FROM gone WHERE subject IS NOT NULL
    ON CONFLICT (consumer, source, subject)
    DO UPDATE SET epoch = excluded.epoch, sequence = excluded.sequence
    WHERE (watermark.epoch, watermark.sequence) < (excluded.epoch, excluded.sequence)
""")


async def discard(tx: Transaction, letter_id: int) -> None:
    """Go on without a fact: its letter goes, and its aggregate's mark moves past it.

    Raises `NotFirst` where others of its aggregate would be passed over as well.
    """
    await hold_places(tx)
    first = await tx.scalar(EARLIEST, {"id": letter_id})
    if first not in (None, letter_id):
        raise NotFirst(f"Letter {letter_id} waits behind letter {first} of its aggregate")
    await tx.execute(DISCARD, {"id": letter_id})
