"""Referrals: when they were sent and decided, and whether their loop was closed."""

from typing import Any
from uuid import UUID

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from metrics.domain.projections import Course, Kind
from metrics.reactions.moving import happened


class ReferralHeard(Heard):
    """What is read of a referral. Who the client is, is not."""

    referral_id: UUID
    recipient: str


async def sent(tx: Transaction, said: ReferralHeard, event: Event) -> None:
    """Note when the recipient was asked."""
    await follow(tx, said, sent_at=event.time)


async def accepted(tx: Transaction, said: ReferralHeard, event: Event) -> None:
    """Note when the recipient took the client."""
    await follow(tx, said, decided_at=event.time, accepted=True)


async def declined(tx: Transaction, said: ReferralHeard, event: Event) -> None:
    """Note when it was declined."""
    await follow(tx, said, decided_at=event.time, accepted=False)


async def confirmed(tx: Transaction, said: ReferralHeard, event: Event) -> None:
    """Count a closed loop."""
    await happened(tx, Kind.LOOPS_CLOSED, event, said.recipient)


async def follow(tx: Transaction, said: ReferralHeard, **known: Any) -> None:
    """Write into the referral's course what is known of it now."""
    row = insert(Course).values(referral_id=said.referral_id, recipient=said.recipient, **known)
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=[Course.referral_id],
            set_={name: row.excluded[name] for name in ("recipient", *known)},
        )
    )
