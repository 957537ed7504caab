"""Reading consents: each organisation those of its own clients."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from kit.database import Transaction
from sqlalchemy import Select, func, select

from referrals.domain.consent import Consent
from referrals.domain.referral import Referral
from referrals.domain.states import Phase


class Receipt(NamedTuple):
    """Whether a recipient has acted on a withdrawal, in all that it received; none: not yet."""

    recipient: str
    received_at: datetime | None


def consents(records: Sequence[UUID]) -> Select[Consent]:
    """Select a client's consents in all records of the person, those that were withdrawn too."""
    return select(Consent).where(Consent.client_id.in_(records))


async def receipts(
    tx: Transaction, consent_ids: Iterable[UUID]
) -> Mapping[UUID, Sequence[Receipt]]:
    """Give a receipt of each recipient that was told anything by a consent since withdrawn."""
    ended = Referral.phase.in_([Phase.CONSENT_WITHDRAWN, Phase.FROZEN])
    all_in = func.bool_and(Referral.receipt_at.is_not(None))
    query = (
        select(Referral.consent_id, Referral.recipient, all_in, func.max(Referral.receipt_at))
        .where(Referral.consent_id.in_(list(consent_ids)), Referral.clause.is_not(None), ended)
        .group_by(Referral.consent_id, Referral.recipient)
        .order_by(Referral.recipient)
    )
    found: dict[UUID, list[Receipt]] = defaultdict(list)
    for consent_id, recipient, received, last in await tx.execute(query):
        found[consent_id].append(Receipt(recipient, last if received else None))
    return found
