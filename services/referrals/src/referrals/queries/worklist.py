"""Worklists: read by an index that is in their order, however long they are."""

from collections.abc import Sequence
from datetime import datetime

from kit.database import Transaction
from sqlalchemy import ColumnElement, Row, Select, func, select, text

from referrals.domain.copies import AgreementCopy
from referrals.domain.referral import Referral
from referrals.domain.worklist import Desk, Why, Work


def of_desk(desk: Desk, organisation: str) -> ColumnElement[bool]:
    """Select an organisation's own; as coordinator, that of the agreements it is a party to."""
    if desk is not Desk.COORDINATOR:
        return (Work.desk == desk) & (Work.owner == organisation)
    parties = AgreementCopy.agreement["parties"]
    agreements = select(AgreementCopy.code).where(parties.op("?")(organisation))
    return (Work.desk == desk) & Work.owner.in_(agreements)


COORDINATES = text("SELECT set_config('referrals.coordinates', 'on', true)")


async def coordinate(tx: Transaction) -> None:
    """Let the transaction see what nobody answered, in the agreements of its caller."""
    await tx.execute(COORDINATES)


def worklist(desk: Desk, organisation: str, why: Why | None) -> Select[Work, Referral]:
    """Select what there is to do, with the referral that it is about."""
    query = select(Work, Referral).join(Referral, Referral.id == Work.referral_id)
    query = query.where(of_desk(desk, organisation))
    return query if why is None else query.where(Work.why == why)


async def counts(
    tx: Transaction, desk: Desk, organisation: str, at: datetime
) -> Sequence[Row[Why, int, int]]:
    """Count what there is to do, and how much of it is overdue, by reason."""
    overdue = func.count().filter(Work.due_at < at)
    query = (
        select(Work.why, func.count().label("count"), overdue.label("overdue"))
        .where(of_desk(desk, organisation))
        .group_by(Work.why)
        .order_by(Work.why)
    )
    return (await tx.execute(query)).all()
