"""When partners was last heard: without contact nobody knows what may still be disclosed.

A copy of an agreement or of a consent that is out of date permits what was forbidden since. So
what was heard counts by its producer's time, and an empty poll proves nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kit import clock
from kit.database import Transaction, hot
from sqlalchemy import DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.errors import OutOfContact
from referrals.domain.tables import Table

LONGEST: Final = timedelta(hours=24)
LIMIT: Final = "contact limit"  # in a transaction: the setting, where it is another

HEARD = "UPDATE contact SET heard_at = $1 WHERE source = 'partners' AND heard_at < $1"
LAST = "SELECT heard_at FROM contact WHERE source = 'partners'"
OTHERS = "SELECT 1 FROM referral WHERE id = ANY($1::uuid[]) AND sender <> $2 LIMIT 1"


class Contact(Table):
    """The time of the newest fact that was heard of a service; at first, when the row was made."""

    __tablename__ = "contact"

    source: Mapped[str] = mapped_column(Text, primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


async def note_contact(tx: Transaction, said_at: datetime) -> None:
    """Note a fact of partners by the time at which it was said, forward only.

    A producer whose clock is ahead gains nothing by it: none counts as later than now.
    """
    await hot(tx, HEARD, min(said_at, clock.now()))


async def must_be_in_contact(tx: Transaction) -> None:
    """Let a client's data go to another organisation. Raises `OutOfContact`."""
    heard_at: datetime = (await hot(tx, LAST))[0]["heard_at"]
    limit: timedelta = tx.info.get(LIMIT, LONGEST)
    if clock.now() - heard_at > limit:
        raise OutOfContact(since=heard_at, hours=limit / timedelta(hours=1))


async def may_be_told(tx: Transaction, referrals: Collection[UUID], organisation: str) -> None:
    """Let an organisation be told of referrals; of its own it always may. Raises `OutOfContact`."""
    try:
        await must_be_in_contact(tx)
    except OutOfContact:
        if await hot(tx, OTHERS, list(referrals), organisation):
            raise
