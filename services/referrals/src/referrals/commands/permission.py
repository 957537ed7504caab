"""Whether a client's data may go to an organisation, and for whom an offering is."""

from datetime import date
from typing import Any, Final, NamedTuple

from kit import clock
from kit.database import Transaction
from sharing import Exchange, decide
from sharing.codes import DataClass, Purpose
from sqlalchemy import select

from referrals.domain.copies import AgreementCopy, OfferingCopy
from referrals.domain.errors import NotPermitted, OfferingClosed
from referrals.domain.referral import Referral

PUBLISHED = "published"
WITHIN: Final = "own-organisation"


class Permit(NamedTuple):
    """By what the data may go: a clause of an agreement, or `WITHIN` one organisation of none."""

    agreement: str | None
    clause: str


async def permission(
    tx: Transaction, referral: Referral, recipient: str, on: date | None = None
) -> Permit:
    """Find the clause that lets the data go to a recipient, today. Raises `NotPermitted`.

    To a unit of the sender's own nothing is disclosed, so no agreement is asked.
    """
    if recipient == referral.sender:
        return Permit(None, WITHIN)
    copies = (await tx.scalars(select(AgreementCopy))).all()
    exchange = Exchange(
        giver=referral.sender,
        receiver=recipient,
        purpose=Purpose(referral.purpose),
        data_class=DataClass.SITUATION,
        on=on or clock.today(),
    )
    decision = decide([copy.policy() for copy in copies], exchange)
    if not decision.allowed:
        raise NotPermitted(reasons=[reason.model_dump(mode="json") for reason in decision.reasons])
    permit = decision.permits[0]
    return Permit(permit.agreement, permit.clause or "")


async def eligibility_of(tx: Transaction, referral: Referral) -> dict[str, Any] | None:
    """Keep for whom the offering was when the referral was sent; what is not known is null.

    Raises `OfferingClosed`.
    """
    copy = await tx.get(OfferingCopy, referral.offering) if referral.offering else None
    if copy is None:
        return None
    if copy.offering.get("status", PUBLISHED) != PUBLISHED:
        raise OfferingClosed
    needs = copy.offering["needs"]
    return {
        "offering_revision": copy.revision,
        "needs": needs,
        "audience": copy.offering["audience"],
        "answers_the_need": None if referral.need is None or not needs else referral.need in needs,
    }
