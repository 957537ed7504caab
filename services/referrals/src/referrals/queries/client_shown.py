"""What the other end is shown of a client: who it is, how to reach the person, once it serves."""

from uuid import UUID

from kit import clock
from kit.database import Transaction, on_behalf_of
from kit.problems import Missing
from kit.vault import Vault
from sharing.codes import DataClass

from referrals.api.shown_views import ShownClient
from referrals.commands.permission import let, policies
from referrals.domain.basis import Basis, Permit
from referrals.domain.client import FIELDS, Client, open_fields
from referrals.domain.codes import LegalBasis
from referrals.domain.consent import Consent
from referrals.domain.merge import kept_of
from referrals.domain.referral import Referral
from referrals.domain.shown import LIVE
from referrals.domain.statutes import STATUTES


async def shown_client(
    tx: Transaction, vault: Vault, referral_id: UUID, organisation: str
) -> ShownClient:
    """Show the client of a referral to one of its ends, as step, clause and basis let today.

    Raises `Missing`.
    """
    referral = await tx.get(Referral, referral_id)
    if referral is None:
        raise Missing
    referral.roles_of(organisation)
    classes = referral.shown_to(organisation) & LIVE
    async with on_behalf_of(tx, referral.sender):  # whose record it is
        if organisation != referral.sender and classes:
            classes &= await let_today(tx, referral)
        client = (
            await tx.get_one(Client, await kept_of(tx, referral.client_id)) if classes else None
        )
        known = await open_fields(tx, vault, client) if client else {}
    fields = {name: value for name, value in known.items() if FIELDS[name] in classes}
    fields.pop("identity_code", None)  # stays closed, as to the client's own organisation
    return ShownClient(referral_id=referral.id, classes=sorted(classes), **fields)


async def let_today(tx: Transaction, referral: Referral) -> frozenset[DataClass]:
    """Give the classes that the referral's own clause and basis let go on this day."""
    by = Permit(referral.agreement, str(referral.clause))
    return let(await policies(tx), referral, by, await basis_of(tx, referral), clock.today())


async def basis_of(tx: Transaction, referral: Referral) -> Basis:
    """Find the law or the consent on which a referral was sent."""
    if referral.legal_basis == LegalBasis.CONSENT:
        return await tx.get_one(Consent, referral.consent_id)
    return STATUTES[str(referral.statute)]
