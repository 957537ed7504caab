"""Choose where a draft goes."""

from dataclasses import dataclass
from uuid import UUID

from kit.codes import known
from kit.database import Transaction
from sqlalchemy import select

from referrals.commands.find import record, referral_for_step
from referrals.domain.copies import OrganisationCopy
from referrals.domain.history import Act
from referrals.domain.referral import Referral
from referrals.domain.seats import Seats


@dataclass(frozen=True)
class AddressReferral:
    """To an offering, whose provider is the recipient; or to an organisation alone."""

    referral_id: UUID
    organisation: str
    officer: str
    expected: int
    offering: str | None
    recipient: str | None
    pointer: str = "/body"


async def address_referral(tx: Transaction, command: AddressReferral) -> Referral:
    """Choose where a draft goes. Raises `Missing`, `Stale`, `NotADraft`, `UnknownCode`."""
    referral = await referral_for_step(
        tx, command.referral_id, command.organisation, command.expected
    )
    recipient = await recipient_of(tx, command.offering, command.recipient, command.pointer)
    fact = referral.address(recipient=recipient, offering=command.offering)
    await record(tx, referral, Act("address", command.organisation, command.officer), fact)
    return referral


async def recipient_of(
    tx: Transaction, offering: str | None, recipient: str | None, pointer: str
) -> str:
    """Find who provides the offering, or check the organisation that was named.

    Raises `UnknownCode`.
    """
    if offering is not None:
        seats = await tx.get(Seats, offering)
        offerings = [] if seats else (await tx.scalars(select(Seats.offering))).all()
        known(offering, [offering] if seats else offerings, f"{pointer}/offering")
        assert seats is not None  # noqa: S101 (known has raised otherwise)
        return seats.organisation
    organisations = (await tx.scalars(select(OrganisationCopy.code))).all()
    return known(recipient or "", organisations, f"{pointer}/recipient")
