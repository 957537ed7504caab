"""Who answered for whom at an instant, from the facts that were said, and nothing else."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kit.database import Transaction
from sqlalchemy import Row, Select, select, text

from referrals.api.step_views import Responsibility
from referrals.domain.accountability import GIVES, given_by
from referrals.domain.referral import Referral

# By the outbox's own index: (subject, epoch, sequence).
SAID = text("""
    SELECT subject, type, data, occurred_at FROM outbox
    WHERE subject = ANY(CAST(:subjects AS text[])) AND type = ANY(CAST(:types AS text[]))
      AND occurred_at <= :on
    ORDER BY subject, epoch, sequence
""")


def known_to(organisation: str) -> Select[UUID]:
    """Select the referrals that an organisation sent, or was sent."""
    received = (Referral.recipient == organisation) & Referral.clause.is_not(None)
    return select(Referral.id).where((Referral.sender == organisation) | received)


async def responsibilities(
    tx: Transaction, rows: Sequence[Row[tuple[UUID]]], on: datetime
) -> list[Responsibility]:
    """Fold the facts of some referrals up to an instant; one that had not begun is left out."""
    subjects = [f"referrals/{row[0]}" for row in rows]
    asked = {"subjects": subjects, "types": list(GIVES), "on": on}
    found: dict[str, Responsibility] = {}
    for fact in await tx.execute(SAID, asked):
        organisation = given_by(fact.type, fact.data)
        if organisation is not None and organisation != told(found.get(fact.subject)):
            found[fact.subject] = Responsibility(
                referral_id=fact.data["referral_id"],
                organisation=organisation,
                since=fact.occurred_at,
                fact=fact.type,
            )
    return [found[subject] for subject in subjects if subject in found]


def told(responsibility: Responsibility | None) -> str | None:
    """Give who answered so far."""
    return responsibility.organisation if responsibility else None
