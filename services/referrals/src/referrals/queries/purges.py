"""What was purged of an organisation's, and what will be."""

from kit.database import Transaction
from sqlalchemy import select

from referrals.api.erasure_views import PeriodView, PurgeView, RetentionView
from referrals.domain.retention import Purge, RetentionLook, periods
from referrals.queries.retention import due_next


async def retention_of(tx: Transaction, organisation: str) -> RetentionView:
    """Show the periods, with what is due next of an organisation's, and its last purge."""
    due = await due_next(tx, organisation)
    shown = [PeriodView.model_validate(period) for period in periods()]
    mine = select(Purge).where(Purge.organisation == organisation).order_by(Purge.at.desc())
    last = (await tx.scalars(mine.limit(1))).first()
    return RetentionView(
        looked_at=await tx.scalar(select(RetentionLook.at)),
        last_purge=last and PurgeView(at=last.at, purged=last.purged().purged),
        periods=[each.model_copy(update={"due_next": due.get(each.data)}) for each in shown],
    )
