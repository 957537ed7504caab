"""Purge what is kept no longer than a period says, once a day: a timer's work."""

from datetime import datetime, timedelta
from uuid import UUID

from kit import ids
from kit.database import Transaction, hot
from kit.erasures import forget_answers
from kit.outbox import publish

from referrals.commands.erase_client import erase_all
from referrals.commands.erasing import TEXTS, person
from referrals.domain.grounds import Ground
from referrals.domain.retention import Purge
from referrals.queries.retention import Rows, clients_over, messages_over

EVERY = timedelta(days=1)
AT_ONCE = 50  # clients or referrals in one transaction

LOOKED = "SELECT at FROM retention_look"
LOOK = "INSERT INTO retention_look VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at"


async def purge(tx: Transaction, at: datetime) -> bool:
    """Purge some of one organisation's data whose time is over; say whether there was any.

    When there is no more, it is looked again a day later.
    """
    looked = await hot(tx, LOOKED)
    if looked and looked[0]["at"] > at - EVERY:
        return False
    messages = first_organisations(await messages_over(tx, at, AT_ONCE))
    clients = [] if messages else first_organisations(await clients_over(tx, at, AT_ONCE))
    if not messages and not clients:
        await hot(tx, LOOK, at)
        return False
    organisation = [*messages, *clients][0]["organisation"]
    done = Purge(
        id=ids.new_id(),
        organisation=organisation,
        at=at,
        clients=await purge_clients(tx, [row["id"] for row in clients]),
        messages=await purge_messages(tx, [row["id"] for row in messages]),
    )
    tx.add(done)
    await publish(tx, done, done.purged())
    return True


def first_organisations(rows: Rows) -> Rows:
    """Keep the rows of the first organisation: each hears of its own."""
    return [row for row in rows if row["organisation"] == rows[0]["organisation"]]


async def purge_clients(tx: Transaction, client_ids: list[UUID]) -> int:
    """Erase clients whose time is over and who are still closed; say how many."""
    count = 0
    for client_id in client_ids:
        records, referrals = await person(tx, client_id)
        left = [each for each in records if each.erased_at is None]
        if not left or not all(referral.is_closed for referral in referrals):
            continue
        await erase_all(tx, left, referrals, Ground.RETENTION_OVER)
        count += 1
    return count


async def purge_messages(tx: Transaction, referral_ids: list[UUID]) -> int:
    """Delete the messages and attachments of referrals; say of how many."""
    for statement in TEXTS:
        await hot(tx, statement, referral_ids)
    await forget_answers(tx, referral_ids)
    return len(referral_ids)
