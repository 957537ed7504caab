"""A confirmed need becomes a draft referral, once for ever."""

from uuid import UUID

from kit import ids
from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard

from referrals.commands.draft_referral import DraftReferral, draft_referral
from referrals.domain.referral import Referral


class NeedConfirmed(Heard):
    """What is read of a confirmed need."""

    assessment_id: UUID
    client_id: UUID
    organisation: str
    need: str


async def draft_for_need(tx: Transaction, said: NeedConfirmed, event: Event) -> None:
    """Draft a referral whose id comes of the fact: a replay finds it and does nothing."""
    referral_id = ids.derived_id(event.id, "referral")
    if await tx.get(Referral, referral_id) is not None:
        return
    command = DraftReferral(
        referral_id=referral_id,
        organisation=said.organisation,
        officer="system",
        client_id=said.client_id,
        need=said.need,
        assessment_id=said.assessment_id,
    )
    await draft_referral(tx, command)
