"""The legal basis on which a referral is sent: the one that its sender names, or the usual one."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from kit import clock
from kit.codes import known
from kit.database import Transaction

from referrals.domain.client import Client
from referrals.domain.codes import LegalBasis
from referrals.domain.consent import Consent, consents_of
from referrals.domain.referral import Referral
from referrals.domain.statutes import STATUTES, Statute, general


class Named(NamedTuple):
    """What the sender says of the basis. Nothing: the consent on which the referral that this
    one follows rested, else the law on which the relationship with the client rests.
    """

    kind: LegalBasis | None
    statute: str | None
    consent_id: UUID | None


async def bases_of(
    tx: Transaction, referral: Referral, named: Named
) -> Sequence[Statute | Consent]:
    """Find what is meant: a law, or the client's consents that may cover it.

    Raises `UnknownCode`.
    """
    consent_id = named.consent_id
    if named == (None, None, None):
        consent_id = referral.consent_id
    if consent_id is None and named.kind is not LegalBasis.CONSENT:
        client = await tx.get_one(Client, referral.client_id)
        return [STATUTES[statute_of(named.statute) if named.statute else client.statute]]
    consents = await consents_of(tx, referral.client_id)
    return [each for each in consents if consent_id in (None, each.id)]


def statute_of(code: str | None) -> str:
    """Check the law that was named, or give the general one of today. Raises `UnknownCode`."""
    today = clock.today()
    if code is None:
        return general(today).code
    return known(code, [each.code for each in STATUTES.values() if each.in_force(today)], POINTER)


POINTER = "/body/statute"


def kept(basis: Statute | Consent) -> dict[str, Any]:
    """Give what is kept of a basis with the referral that rests on it."""
    if isinstance(basis, Statute):
        return {"legal_basis": LegalBasis.STATUTE, "statute": basis.code, "consent_id": None}
    return {"legal_basis": LegalBasis.CONSENT, "statute": None, "consent_id": basis.id}
