"""What the calendar asks of agreements: they begin, change, end, and their end is told before."""

from datetime import datetime

from kit import clock
from kit.database import Transaction
from kit.outbox import publish
from sqlalchemy import select

from partners.domain.agreement import Agreement


async def keep_calendar(tx: Transaction, moment: datetime) -> bool:
    """Do the first thing that is due by the day in Finland; say whether there was one.

    The row is locked before it is looked at: of two that come at once the second finds it done.
    """
    today = clock.day_of(moment)
    due = (
        select(Agreement)
        .where(Agreement.due_on <= today)
        .order_by(Agreement.due_on, Agreement.code)
        .limit(1)
        .with_for_update()
    )
    agreement = (await tx.scalars(due)).first()
    fact = agreement.advance(today) if agreement else None
    if agreement is None or fact is None:
        return False
    await publish(tx, agreement, fact)
    return True
