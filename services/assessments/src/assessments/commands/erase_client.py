"""Erase what is kept of a client: answers, suggestions, decisions; and what was answered of it."""

from datetime import datetime

from kit.database import Transaction
from kit.erasures import Erasing, Erasure, forget_answers
from kit.outbox import publish
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from assessments.domain.assessment import Assessment
from assessments.domain.copies import ClientCopy


async def erase(tx: Transaction, erasure: Erasure) -> bool:
    """Erase a client, once; say whether there was anything to do.

    Whoever begins an assessment holds the client's row, so that none is begun meanwhile.
    """
    if not await mark(tx, erasure):
        return False
    query = select(Assessment).where(
        Assessment.client_id == erasure.subject, Assessment.erased_at.is_(None)
    )
    found = (await tx.scalars(query.order_by(Assessment.id).with_for_update())).all()
    await forget_answers(tx, [erasure.subject, *(assessment.id for assessment in found)])
    for assessment in found:
        await publish(tx, assessment, assessment.erase(erasure.at))
    return True


async def mark(tx: Transaction, erasure: Erasure) -> bool:
    """Mark the client as erased; say whether it was not."""
    gone = {"erased_at": erasure.at, "erased_ground": erasure.ground}
    row = insert(ClientCopy).values(id=erasure.subject, organisation=erasure.organisation, **gone)
    marked = row.on_conflict_do_update(
        index_elements=[ClientCopy.id], set_=gone, where=ClientCopy.erased_at.is_(None)
    )
    return (await tx.execute(marked.returning(ClientCopy.id))).first() is not None


async def erase_again(tx: Transaction, erasure: Erasure) -> None:
    """Erase whom a restored backup brought back."""
    await erase(tx, erasure)


async def erased(tx: Transaction) -> list[Erasure]:
    """List who was erased."""
    rows = await tx.scalars(select(ClientCopy).where(ClientCopy.erased_at.is_not(None)))
    return [
        Erasure(row.id, row.organisation, str(row.erased_ground), at)
        for row, at in ((row, row.erased_at) for row in rows)
        if isinstance(at, datetime)
    ]


ERASING = Erasing(erase_again, erased)
