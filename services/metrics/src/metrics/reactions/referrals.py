"""Referrals: when they were sent and decided, and whether their loop was closed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy import text

from metrics.domain.projections import Kind
from metrics.reactions.care import CaredFor, keep_care
from metrics.reactions.moving import happened
from metrics.reactions.waiting import waits_no_more

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


class CourseHeard(ReferralHeard, CaredFor):
    """What is read of a referral that both ends know."""

    recipient: str


class DeclineHeard(CourseHeard):
    """What is read of a no."""

    reason: str = "other"
    declined_by: str = "provider"


class FeedbackHeard(ReferralHeard):
    """What is read of a client's feedback."""

    helped: str


Several = Sequence[tuple[ReferralHeard, Event]]


async def sent(tx: Transaction, heard: Several) -> None:
    """Note when the recipients were asked."""
    await tx.execute(ASKED, columns(heard))


async def accepted(tx: Transaction, heard: Sequence[tuple[CourseHeard, Event]]) -> None:
    """Note when the recipients took the clients, and who answers for these since."""
    await tx.execute(DECIDED, columns(heard) | {"accepted": True})
    await keep_care(tx, [(event, said.who_accepted) for said, event in heard])
    for said, event in heard:
        await waits_no_more(tx, said, event)


async def declined(tx: Transaction, heard: Sequence[tuple[DeclineHeard, Event]]) -> None:
    """Note when they declined, why, and whose no it was."""
    await tx.execute(DECIDED, columns(heard) | {"accepted": False})
    await keep_care(tx, [(event, None) for _, event in heard])
    for said, event in heard:
        await happened(tx, Kind.DECLINES, event, f"{said.reason}.{said.declined_by}")
        await waits_no_more(tx, said, event)


def columns(heard: Several) -> dict[str, Any]:
    """Lay facts out in columns: each referral is sent once, and decided once."""
    return {
        "ids": [said.referral_id for said, _ in heard],
        "recipients": [said.recipient for said, _ in heard],
        "times": [event.time for _, event in heard],
    }


async def confirmed(tx: Transaction, said: CourseHeard, event: Event) -> None:
    """Count a closed loop: nobody need do anything in it."""
    await happened(tx, Kind.LOOPS_CLOSED, event, said.recipient)
    await keep_care(tx, [(event, None)])


async def disputed(tx: Transaction, said: CourseHeard, event: Event) -> None:
    """Count an outcome that the two ends see otherwise."""
    await happened(tx, Kind.LOOPS_DISPUTED, event, said.recipient)


async def commented(tx: Transaction, said: FeedbackHeard, event: Event) -> None:
    """Count a client's word on whether the service helped."""
    await happened(tx, Kind.FEEDBACK, event, said.helped)


async def missed(tx: Transaction, said: CourseHeard, event: Event) -> None:
    """Count a visit to which the client did not come."""
    await happened(tx, Kind.NO_SHOWS, event, said.recipient)
