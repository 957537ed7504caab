"""Carry a handover out: each client, and each received referral, in a transaction of its own.

It is work (ADR 19): the worker sees both organisations' rows. What has passed is marked in the
transaction in which it passes, so that a crash leaves no half and a second look passes nothing
twice.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from kit.database import Transaction, hot
from kit.outbox import publish

from referrals.commands.pass_client import pass_client
from referrals.commands.pass_referral import pass_referral
from referrals.domain.handover import Handover, HandoverStatus, ItemKind, Remark, Stays

NEXT: Final = """
    SELECT i.handover_id, i.item, i.kind, i.remark
    FROM handover_item i JOIN handover h ON h.id = i.handover_id
    WHERE h.status = 'begun' AND i.moved_at IS NULL AND i.why IS NULL
    ORDER BY i.handover_id, i.kind LIMIT 1
    FOR UPDATE OF i SKIP LOCKED
"""
MARK: Final = """
    UPDATE handover_item SET moved_at = $3, why = $4, remark = $5
    WHERE handover_id = $1 AND item = $2
"""
DONE: Final = """
    SELECT id FROM handover h WHERE status = 'begun' AND NOT EXISTS (
        SELECT FROM handover_item i
        WHERE i.handover_id = h.id AND i.moved_at IS NULL AND i.why IS NULL)
    LIMIT 1
"""
COUNT: Final = """
    SELECT count(*) FILTER (WHERE kind = 'client') AS clients,
           count(*) FILTER (WHERE kind = 'referral') AS referrals
    FROM handover_item WHERE handover_id = $1 AND moved_at IS NOT NULL
"""


async def carry_over(tx: Transaction, at: datetime) -> bool:
    """Pass the next one of a handover that was begun, or finish it; say whether there was any."""
    found = await hot(tx, NEXT)
    if not found:
        return await finish(tx, at)
    handover = await tx.get_one(Handover, found[0]["handover_id"])
    item: UUID = found[0]["item"]
    remark = found[0]["remark"]
    if found[0]["kind"] == ItemKind.CLIENT:
        passed, twin = await pass_client(tx, handover, item, at)
        remark = Remark.TO_BE_MERGED if twin else remark
    else:
        passed = await pass_referral(tx, handover, item, at)
    marked = (at, None) if passed else (None, Stays.GONE)
    await hot(tx, MARK, handover.id, item, *marked, remark)
    return True


async def finish(tx: Transaction, at: datetime) -> bool:
    """Finish a handover of which nothing is left to pass; say whether there was one."""
    done = await hot(tx, DONE)
    if not done:
        return False
    handover = await tx.get(Handover, done[0]["id"], with_for_update=True, populate_existing=True)
    if handover is None or handover.status != HandoverStatus.BEGUN:
        return True
    passed = (await hot(tx, COUNT, handover.id))[0]
    await publish(tx, handover, handover.finish(at, passed["clients"], passed["referrals"]))
    return True
