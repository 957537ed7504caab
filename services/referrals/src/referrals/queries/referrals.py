"""Reading referrals: what an organisation sent, or was sent."""

from typing import Literal
from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import Select, select

from referrals.api.views import ReferralView
from referrals.domain.history import history_of
from referrals.domain.lifecycle import Status
from referrals.domain.referral import Referral

Box = Literal["sent", "received"]


async def referral_view(tx: Transaction, referral_id: UUID, organisation: str) -> ReferralView:
    """Show a referral to its sender, or to its recipient once it was sent. Raises `Missing`."""
    referral = await tx.get(Referral, referral_id)
    if referral is None:
        raise Missing
    referral.role_of(organisation)
    return ReferralView.shown(referral, organisation, await history_of(tx, referral_id))


def in_box(box: Box, organisation: str, status: Status | None) -> Select[Referral]:
    """Select an organisation's referrals; what is not sent yet is in no recipient's box."""
    query = select(Referral)
    if box == "sent":
        query = query.where(Referral.sender == organisation)
    else:
        query = query.where(Referral.recipient == organisation, Referral.clause.is_not(None))
    return query if status is None else query.where(Referral.status == status)
