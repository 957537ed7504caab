"""Say every hour that the register is as it was told, so that silence means that none is heard."""

from datetime import datetime, timedelta

from kit.database import Transaction
from kit.outbox import publish
from sqlalchemy import select

from partners.domain.confirmation import Confirmation

EVERY = timedelta(hours=1)


async def confirm_register(tx: Transaction, moment: datetime) -> bool:
    """Confirm the register, if an hour has passed since the last time; never twice in one look.

    The row is locked before it is looked at: of two that come at once the second finds it said.
    """
    confirmation = (await tx.scalars(select(Confirmation).with_for_update())).one()
    last = confirmation.confirmed_at
    if last is None or last <= moment - EVERY:
        await publish(tx, confirmation, confirmation.confirm(moment))
    return False
