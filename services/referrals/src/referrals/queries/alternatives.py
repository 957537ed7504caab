"""What else answers the same need: with room, allowed by the policy, not closed to the client."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from kit import clock
from kit.database import Transaction
from kit.vault import Vault
from sharing import Agreement
from sqlalchemy import select

from referrals.api.step_views import AlternativeView
from referrals.commands.eligibility import PUBLISHED, age_of
from referrals.commands.permission import decision_on, policies
from referrals.domain.basis import clause_of
from referrals.domain.codes import AlternativeReason
from referrals.domain.copies import OfferingCopy
from referrals.domain.eligibility import Eligibility, Judgement, judge
from referrals.domain.errors import NotPermitted
from referrals.domain.referral import Referral
from referrals.domain.seats import Seats

MOST: Final = 5
BY_RANK: Final = {
    Eligibility.ELIGIBLE: AlternativeReason.ELIGIBLE,
    Eligibility.UNKNOWN: AlternativeReason.ELIGIBILITY_UNKNOWN,
}
RANK: Final = tuple(BY_RANK)


class Candidate(NamedTuple):
    """An offering with room, and how the client was judged by it."""

    copy: OfferingCopy
    free: int
    judged: Judgement


async def alternatives(tx: Transaction, vault: Vault, referral: Referral) -> list[AlternativeView]:
    """List offerings that are open, have room, answer the need, and that the policy allows.

    Where the client is eligible comes first, then where that is not known, each the roomiest
    first; where the client is not eligible is left out.
    """
    if referral.need is None:
        return []
    found: list[AlternativeView] = []
    agreements = await policies(tx)
    for each in ranked(await with_room(tx, vault, referral)):
        if fits := allowed(agreements, referral, each):
            found.append(fits)
        if len(found) == MOST:
            break
    return found


async def with_room(tx: Transaction, vault: Vault, referral: Referral) -> list[Candidate]:
    """Judge the client by each open offering for the need, the roomiest first."""
    free = Seats.maximum - Seats.elsewhere - Seats.taken - Seats.held
    open_ = (
        select(OfferingCopy, free.label("free"))
        .join(Seats, OfferingCopy.code == Seats.offering)
        .where(free > 0, Seats.offering.is_distinct_from(referral.offering))
        .where(OfferingCopy.offering["status"].astext == PUBLISHED)
        .where(OfferingCopy.offering["needs"].contains([referral.need]))
        .order_by(free.desc(), Seats.offering)
    )
    age = await age_of(tx, vault, referral)
    return [
        Candidate(copy, count, judge(copy.offering, referral.need, age))
        for copy, count in await tx.execute(open_)
    ]


def ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Put who is eligible before who may be; the order stays otherwise."""
    fit = [each for each in candidates if each.judged.result in RANK]
    return sorted(fit, key=lambda each: RANK.index(each.judged.result))


def allowed(
    agreements: Sequence[Agreement], referral: Referral, candidate: Candidate
) -> AlternativeView | None:
    """Ask the agreements, which name the clause."""
    copy, free, judged = candidate
    to: str = copy.offering["organisation"]
    try:
        agreement, clause = clause_of(decision_on(agreements, referral, to, clock.today()))
    except NotPermitted:
        return None
    own = AlternativeReason.PERMITTED if agreement else AlternativeReason.OWN_ORGANISATION
    return AlternativeView(
        offering=copy.code,
        organisation=to,
        free=free,
        need=str(referral.need),
        audience=copy.offering.get("audience") or None,
        agreement=agreement,
        clause=clause,
        reasons=[AlternativeReason.SAME_NEED, BY_RANK[judged.result], AlternativeReason.ROOM, own],
        judgement=judged,
    )
