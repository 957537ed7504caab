"""The service's memory of all that it said. Append-only; readers have places of their own."""

from kit import clock, ids, tracing
from kit.aggregates import Aggregate, ledger_of
from kit.database import Transaction, dumps, hot
from kit.facts import MOST_BYTES, Fact

INSERT = """
    INSERT INTO outbox
        (event_id, epoch, type, subject, sequence, concerns, headers, data, occurred_at)
    SELECT $1, epoch, $2, $3, $4, $5, $6, $7, $8
    FROM epoch
"""


class FactTooLarge(Exception):
    """A command says more in one fact than the bus carries (`kit.facts.MOST_BYTES`)."""


async def publish(tx: Transaction, aggregate: Aggregate, fact: Fact) -> None:
    """Say the one fact of the aggregate's new revision, in the transaction that makes it.

    Flushes first: that locks the aggregate's row before the outbox row gets its position,
    which is what keeps an aggregate's facts in order. Raises `Unchanged`, `SecondRevision` and
    `FactTooLarge`.
    """
    data = fact.model_dump_json(by_alias=True)
    if len(data.encode()) > MOST_BYTES:
        raise FactTooLarge(fact.type)
    await tx.flush()
    ledger_of(tx).speak(aggregate)
    event_id = ids.new_id()
    with tracing.creating(fact.type, event_id, aggregate.subject):
        await hot(
            tx,
            INSERT,
            event_id,
            fact.type,
            aggregate.subject,
            aggregate.revision,
            fact.readers(),
            dumps(tracing.headers()),
            data,
            clock.now(),
        )
    tx.info["spoke"] = True
