"""Facts that could not be handled: kept whole, with the reason, until redriven or discarded."""

from enum import StrEnum

from sqlalchemy import text

from kit.database import Transaction, dumps
from kit.events import Event, Record


class Reason(StrEnum):
    """Why a fact was put aside."""

    POISON = "poison"  # it failed
    PARKED = "parked"  # one before it, of the same aggregate, was put aside
    GAP = "gap"  # one before it has not arrived


BURY = text("""
    INSERT INTO dead_letter
        (consumer, reason, source, subject, epoch, sequence, attributes, data, error)
    VALUES (:consumer, :reason, :source, :subject, :epoch, :sequence,
            CAST(:attributes AS jsonb), :data, :error)
    ON CONFLICT (consumer, source, subject, epoch, sequence) DO NOTHING
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
    """Keep a record as it came. An error's text is kept only where it cannot echo input."""
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
            "error": f"{type(error).__name__}: {error}" if error else "",
        },
    )


async def unpark(tx: Transaction, consumer: str, source: str, subject: str) -> list[Record]:
    """Take out all that was put aside of one aggregate, in its order."""
    rows = await tx.execute(UNPARK, {"consumer": consumer, "source": source, "subject": subject})
    return [Record(row.attributes, row.data) for row in rows]


DISCARD = text("""
    WITH gone AS (DELETE FROM dead_letter WHERE id = :id RETURNING *)
    INSERT INTO watermark (consumer, source, subject, epoch, sequence)
    SELECT consumer, source, subject, epoch, sequence FROM gone WHERE subject IS NOT NULL
    ON CONFLICT (consumer, source, subject)
    DO UPDATE SET epoch = excluded.epoch, sequence = excluded.sequence
    WHERE (watermark.epoch, watermark.sequence) < (excluded.epoch, excluded.sequence)
""")


async def discard(tx: Transaction, letter_id: int) -> None:
    """Go on without a fact: its letter goes, and its aggregate's mark moves past it."""
    await tx.execute(DISCARD, {"id": letter_id})
