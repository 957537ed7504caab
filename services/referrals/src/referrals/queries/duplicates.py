"""Open referrals of the same client to the same offering: shown before another is sent."""

from uuid import UUID

from kit.database import Transaction
from sqlalchemy import select

from referrals.domain.merge import all_records_of
from referrals.domain.referral import Referral
from referrals.domain.states import ENDED, Status


async def duplicates(tx: Transaction, referral: Referral) -> list[UUID]:
    """List them, to the sender; a client is one organisation's, so all of them are its own."""
    if referral.offering is None:
        return []
    same = select(Referral.id).where(
        Referral.client_id.in_(await all_records_of(tx, referral.client_id)),
        Referral.offering == referral.offering,
        Referral.id != referral.id,
        Referral.status.not_in([*ENDED, Status.DRAFT]),
    )
    return list((await tx.scalars(same.order_by(Referral.id))).all())
