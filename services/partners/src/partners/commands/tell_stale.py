"""What the clock asks of offerings: a capacity that nobody confirms is told of, once."""

from datetime import datetime

from kit.database import Transaction
from kit.outbox import publish
from sqlalchemy import select

from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStatus


async def tell_stale(tx: Transaction, moment: datetime) -> bool:
    """Tell of the first offering whose capacity is stale; say whether there was one.

    The row is locked before it is looked at: of two that come at once the second finds it told.
    """
    due = (
        select(Offering)
        .where(Offering.stale_at <= moment, Offering.stale_told.is_(False))
        .where(Offering.status == OfferingStatus.PUBLISHED)
        .order_by(Offering.stale_at, Offering.code)
        .limit(1)
        .with_for_update()
    )
    offering = (await tx.scalars(due)).first()
    if offering is None:
        return False
    await publish(tx, offering, offering.go_stale())
    return True
