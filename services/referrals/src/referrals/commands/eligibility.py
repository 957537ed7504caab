"""For whom an offering was when a referral was sent, and whether the client is one of them."""

from typing import Any

from kit import clock
from kit.database import Transaction
from kit.vault import Vault

from referrals.domain.age import age_by
from referrals.domain.client import Client, open_fields
from referrals.domain.copies import OfferingCopy
from referrals.domain.eligibility import judge
from referrals.domain.errors import OfferingClosed
from referrals.domain.merge import kept_of
from referrals.domain.referral import Referral

PUBLISHED = "published"


async def eligibility_of(
    tx: Transaction, vault: Vault, referral: Referral
) -> dict[str, Any] | None:
    """Keep for whom the offering was when the referral was sent, and how that was judged.

    What is not known is null. Raises `OfferingClosed`; who is not eligible may be sent, since
    the recipient decides.
    """
    copy = await tx.get(OfferingCopy, referral.offering) if referral.offering else None
    if copy is None:
        return None
    if copy.offering.get("status", PUBLISHED) != PUBLISHED:
        raise OfferingClosed
    needs = copy.offering["needs"]
    judged = judge(copy.offering, referral.need, await age_of(tx, vault, referral))
    return {
        "offering_revision": copy.revision,
        "needs": needs,
        "audience": copy.offering["audience"],
        "answers_the_need": None if referral.need is None or not needs else referral.need in needs,
        **judged.model_dump(mode="json"),
    }


async def age_of(tx: Transaction, vault: Vault, referral: Referral) -> int | None:
    """Give the client's age in full years today; None where no identity code is kept.

    Of two records of a person it is the kept one that knows it, if any does.
    """
    client = await tx.get(Client, await kept_of(tx, referral.client_id))
    code = None if client is None else (await open_fields(tx, vault, client)).get("identity_code")
    return None if code is None else age_by(code, clock.today())
