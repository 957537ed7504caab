"""Say on the bus, every hour, how long each client's chain of disclosures is and how it ends.

Whoever hears it keeps it where nobody who can write into this database can.
"""

from datetime import datetime, timedelta

from kit import ids
from kit.database import Transaction
from kit.outbox import publish
from sqlalchemy import select

from referrals.domain.client_events import Head
from referrals.domain.disclosures import DisclosureHead, Sealing

SEALED_WITHIN = timedelta(hours=1)
AT_ONCE = 2_000  # heads in one fact: about 300 KiB

OPEN = (
    select(DisclosureHead)
    .where(DisclosureHead.number > DisclosureHead.sealed)
    .order_by(DisclosureHead.since)
)


async def seal_disclosures(tx: Transaction, at: datetime) -> bool:
    """Seal the chains that grew, as soon as one has waited for an hour; one sealing at a look."""
    oldest = await tx.scalar(OPEN.limit(1))
    if oldest is None or oldest.since > at - SEALED_WITHIN:
        return False
    heads = (await tx.scalars(OPEN.limit(AT_ONCE).with_for_update())).all()
    sealing = Sealing(id=ids.new_id(), at=at)
    tx.add(sealing)
    said = [Head(client_id=h.client_id, number=h.number, hash=h.hash.hex()) for h in heads]
    for head in heads:
        head.sealed = head.number
    await publish(tx, sealing, sealing.sealed(said))
    return False
