"""What else answers the same need: with room, allowed by the policy, the roomiest first."""

from typing import Final

from kit.database import Transaction
from sqlalchemy import select

from referrals.api.step_views import AlternativeView
from referrals.commands.permission import permission
from referrals.domain.copies import OfferingCopy
from referrals.domain.errors import NotPermitted
from referrals.domain.referral import Referral
from referrals.domain.seats import Seats

MOST: Final = 5


async def alternatives(tx: Transaction, referral: Referral) -> list[AlternativeView]:
    """List offerings that are open, have room, answer the need, and that the policy allows."""
    if referral.need is None:
        return []
    free = Seats.maximum - Seats.elsewhere - Seats.taken - Seats.held
    open_ = (
        select(OfferingCopy, free.label("free"))
        .join(Seats, OfferingCopy.code == Seats.offering)
        .where(free > 0, Seats.offering.is_distinct_from(referral.offering))
        .where(OfferingCopy.offering["status"].astext == "published")
        .where(OfferingCopy.offering["needs"].contains([referral.need]))
        .order_by(free.desc(), Seats.offering)
    )
    found: list[AlternativeView] = []
    for copy, count in await tx.execute(open_):
        if len(found) < MOST and (fits := await allowed(tx, referral, copy, count)):
            found.append(fits)
    return found


async def allowed(
    tx: Transaction, referral: Referral, copy: OfferingCopy, free: int
) -> AlternativeView | None:
    """Ask the policy, which names the clause."""
    try:
        agreement, clause = await permission(tx, referral, copy.offering["organisation"])
    except NotPermitted:
        return None
    return AlternativeView(
        offering=copy.code,
        organisation=copy.offering["organisation"],
        free=free,
        need=str(referral.need),
        audience=copy.offering.get("audience") or None,
        agreement=agreement,
        clause=clause,
    )
