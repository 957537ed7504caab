"""The service's memory of all that it said. Append-only; readers have places of their own."""

from sqlalchemy import text

from kit import clock, ids, tracing
from kit.aggregates import Aggregate, ledger_of
from kit.database import Transaction, dumps
from kit.facts import Fact

INSERT = text("""
    INSERT INTO outbox
        (event_id, epoch, type, subject, sequence, concerns, headers, data, occurred_at)
    SELECT :event_id, epoch, :type, :subject, :sequence, :concerns,
           CAST(:headers AS jsonb), CAST(:data AS jsonb), :occurred_at
    FROM epoch
""")


async def publish(tx: Transaction, aggregate: Aggregate, fact: Fact) -> None:
    """Say the one fact of the aggregate's new revision, in the transaction that makes it.

    Flushes first: that locks the aggregate's row before the outbox row gets its position,
    which is what keeps an aggregate's facts in order. Raises `Unchanged` and `SecondRevision`.
    """
    await tx.flush()
    ledger_of(tx).speak(aggregate)
    await tx.execute(
        INSERT,
        {
            "event_id": ids.new_id(),
            "type": fact.type,
            "subject": aggregate.subject,
            "sequence": aggregate.revision,
            "concerns": fact.readers(),
            "headers": dumps(tracing.headers()),
            "data": fact.model_dump_json(by_alias=True),
            "occurred_at": clock.now(),
        },
    )
    tx.info["spoke"] = True
