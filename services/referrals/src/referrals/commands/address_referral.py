"""Choose where a draft goes."""

from dataclasses import dataclass
from uuid import UUID

from kit.codes import known
from kit.database import Transaction
from sqlalchemy import select

from referrals.commands.find import record, referral_for_step
from referrals.domain.copies import OrganisationCopy
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


async def address_referral(tx: Transaction, command: AddressReferral) -> Referral:
    """Choose where a draft goes. Raises `Missing`, `Stale`, `NotADraft`, `UnknownCode`."""
    referral = await referral_for_step(
        tx, command.referral_id, command.organisation, command.expected
    )
    recipient = await recipient_of(tx, command)
    fact = referral.address(recipient=recipient, offering=command.offering)
    await record(tx, referral, "address", command.organisation, command.officer, fact)
    return referral


async def recipient_of(tx: Transaction, command: AddressReferral) -> str:
    """Find who provides the offering, or check the organisation that was named."""
    if command.offering is not None:
        seats = await tx.get(Seats, command.offering)
        offerings = [] if seats else (await tx.scalars(select(Seats.offering))).all()
        known(command.offering, [command.offering] if seats else offerings, "/body/offering")
        assert seats is not None  # noqa: S101 (known has raised otherwise)
        return seats.organisation
    organisations = (await tx.scalars(select(OrganisationCopy.code))).all()
    return known(command.recipient or "", organisations, "/body/recipient")
