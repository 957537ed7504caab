"""Keep which exchanges were asked about, for rehearsals; forget them after thirty days."""

from datetime import datetime, timedelta

from kit import clock
from kit.database import Transaction
from sharing import Exchange
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from partners.domain.asked import ExchangeAsked

KEPT = timedelta(days=30)


async def note_exchange(tx: Transaction, exchange: Exchange) -> None:
    """Count one more question of the day; it names no person, and nobody who asked."""
    row = insert(ExchangeAsked).values(
        asked_on=clock.today(),
        giver=exchange.giver,
        receiver=exchange.receiver,
        purpose=exchange.purpose,
        data_class=exchange.data_class,
        theme=exchange.theme or "",
        times=1,
    )
    again = row.on_conflict_do_update(
        index_elements=[*ExchangeAsked.__mapper__.primary_key],
        set_={"times": ExchangeAsked.times + 1},
    )
    await tx.execute(again)


async def forget_exchanges(tx: Transaction, moment: datetime) -> bool:
    """Forget what was asked more than thirty days ago; say whether there was any."""
    old = ExchangeAsked.asked_on < clock.day_of(moment) - KEPT
    gone = await tx.scalars(delete(ExchangeAsked).where(old).returning(ExchangeAsked.times))
    return bool(gone.all())
