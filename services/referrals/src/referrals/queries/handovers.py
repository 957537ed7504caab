"""Reading handovers: each organisation those in which it gives or receives."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from kit.database import Transaction, hot
from kit.problems import Missing
from sqlalchemy import Select, or_, select

from referrals.domain.handover import Handover, HandoverItem

COUNTS: Final = """
    SELECT kind, why, remark, count(*) AS count, count(moved_at) AS moved
    FROM handover_item WHERE handover_id = $1
    GROUP BY kind, why, remark ORDER BY kind, why NULLS FIRST, remark NULLS FIRST
"""


def handovers_of(organisation: str) -> Select[Handover]:
    """Select an organisation's handovers."""
    ends = or_(Handover.giver == organisation, Handover.receiver == organisation)
    return select(Handover).where(ends)


async def handover_of(tx: Transaction, handover_id: UUID, organisation: str) -> Handover:
    """Find a handover in which an organisation has a part. Raises `Missing`."""
    found = handovers_of(organisation).where(Handover.id == handover_id)
    handover = (await tx.scalars(found)).one_or_none()
    if handover is None:
        raise Missing
    return handover


async def counted(tx: Transaction, handover: Handover) -> Sequence[Mapping[str, Any]]:
    """Count what passes, what has passed, and what stays, by kind, reason and remark."""
    return await hot(tx, COUNTS, handover.id)


def items_in(handover: Handover) -> Select[HandoverItem]:
    """Select what a handover is about, one by one."""
    return select(HandoverItem).where(HandoverItem.handover_id == handover.id)
