"""Folding a fact into a count or a level. A fact's second coming changes nothing."""

from kit.database import Transaction
from kit.events import Event
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from metrics.domain.projections import Kind, Movement


async def happened(tx: Transaction, kind: Kind, event: Event, category: str) -> None:
    """Count what happened, once."""
    await moved(tx, kind, event, category, 1)


async def stands(tx: Transaction, kind: Kind, event: Event, category: str, height: float) -> None:
    """Note how high the subject's level stands now, in the one category that it is in.

    Kept is the difference to where it stood; a subject's facts come in their order.
    """
    heights = (
        select(Movement.category, func.sum(Movement.amount))
        .where(Movement.kind == kind, Movement.subject == event.subject)
        .where(Movement.revision < event.sequence)
        .group_by(Movement.category)
    )
    stood: dict[str, float] = {row[0]: row[1] for row in await tx.execute(heights)}
    for each in sorted(stood.keys() | {category}):
        difference = (height if each == category else 0) - stood.get(each, 0)
        if difference:
            await moved(tx, kind, event, each, difference)


async def moved(tx: Transaction, kind: Kind, event: Event, category: str, amount: float) -> None:
    """Keep one movement; the time of the fact is its time."""
    row = insert(Movement).values(
        kind=kind,
        subject=event.subject,
        revision=event.sequence,
        category=category,
        at=event.time,
        amount=amount,
    )
    await tx.execute(row.on_conflict_do_nothing())
