"""Referrals: when they were sent and decided, and whether their loop was closed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy import text

from metrics.domain.projections import Kind
from metrics.reactions.moving import happened

ASKED = text("""
    INSERT INTO course (referral_id, recipient, sent_at)
    SELECT * FROM unnest(
        CAST(:ids AS uuid[]), CAST(:recipients AS text[]), CAST(:times AS timestamptz[]))
    ON CONFLICT (referral_id)
    DO UPDATE SET recipient = excluded.recipient, sent_at = excluded.sent_at
""")

DECIDED = text("""
    INSERT INTO course (referral_id, recipient, decided_at, accepted)
    SELECT *, CAST(:accepted AS boolean) FROM unnest(
        CAST(:ids AS uuid[]), CAST(:recipients AS text[]), CAST(:times AS timestamptz[]))
    ON CONFLICT (referral_id)
    DO UPDATE SET recipient = excluded.recipient, decided_at = excluded.decided_at,
                  accepted = excluded.accepted
""")


class ReferralHeard(Heard):
    """What is read of a referral. Who the client is, is not."""

    referral_id: UUID
    recipient: str


Several = Sequence[tuple[ReferralHeard, Event]]


async def sent(tx: Transaction, heard: Several) -> None:
    """Note when the recipients were asked."""
    await tx.execute(ASKED, columns(heard))


async def accepted(tx: Transaction, heard: Several) -> None:
    """Note when the recipients took the clients."""
    await tx.execute(DECIDED, columns(heard) | {"accepted": True})


async def declined(tx: Transaction, heard: Several) -> None:
    """Note when they declined."""
    await tx.execute(DECIDED, columns(heard) | {"accepted": False})


def columns(heard: Several) -> dict[str, Any]:
    """Lay facts out in columns: each referral is sent once, and decided once."""
    return {
        "ids": [said.referral_id for said, _ in heard],
        "recipients": [said.recipient for said, _ in heard],
        "times": [event.time for _, event in heard],
    }


async def confirmed(tx: Transaction, said: ReferralHeard, event: Event) -> None:
    """Count a closed loop."""
    await happened(tx, Kind.LOOPS_CLOSED, event, said.recipient)
