"""Take off the sender's worklist what came back from a recipient."""

from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing

from referrals.domain.referral import Referral
from referrals.domain.worklist import BACK, Desk, Work


async def take_off(tx: Transaction, referral_id: UUID, organisation: str) -> tuple[Work, Referral]:
    """Take it off; the referral itself stays as it is. Raises `Missing` for all else."""
    work = await tx.get(Work, (referral_id, Desk.SENDER), with_for_update=True)
    if work is None or work.owner != organisation or work.why not in BACK:
        raise Missing
    referral = await tx.get(Referral, referral_id)
    assert referral is not None  # noqa: S101 (a foreign key holds it)
    await tx.delete(work)
    await tx.flush()
    return work, referral
