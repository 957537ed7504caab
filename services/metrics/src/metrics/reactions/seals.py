"""Witness: how the chains of another's disclosure log ended, kept where its owner cannot write."""

from uuid import UUID

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from metrics.domain.witness import WitnessedHead


class HeadHeard(Heard):
    """The end of a chain."""

    client_id: UUID
    number: int
    hash: str


class SealedHeard(Heard):
    """What is read of a sealing."""

    heads: list[HeadHeard]


async def keep_heads(tx: Transaction, said: SealedHeard, event: Event) -> None:
    """Keep the ends as they were said first: whoever says otherwise later is found by it."""
    rows = [head.model_dump() | {"at": event.time} for head in said.heads]
    if rows:
        await tx.execute(insert(WitnessedHead).on_conflict_do_nothing(), rows)
