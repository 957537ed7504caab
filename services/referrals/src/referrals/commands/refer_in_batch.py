"""Begin, address and send a referral in one go, as each line of a batch asks."""

from dataclasses import dataclass
from uuid import UUID

from kit import ids
from kit.aggregates import attempt, next_command
from kit.database import Transaction
from kit.vault import Vault
from sharing.codes import Purpose

from referrals.commands.address_referral import AddressReferral, address_referral
from referrals.commands.draft_referral import DraftReferral, draft_referral
from referrals.commands.reroute import Destination
from referrals.commands.take_step import TakeStep, take_step
from referrals.domain.codes import LegalBasis
from referrals.domain.referral import Referral
from referrals.domain.states import Mode, Step


@dataclass(frozen=True)
class Refer:
    """A draft; with `to` it is addressed, and with a legal basis it is sent as well."""

    organisation: str
    officer: str
    client_id: UUID
    need: str | None
    purpose: Purpose
    mode: Mode
    urgent: bool
    to: Destination | None
    legal_basis: LegalBasis | None


async def refer(tx: Transaction, vault: Vault, command: Refer) -> Referral:
    """Do all of it or nothing, and leave the transaction to what comes next.

    Raises what drafting, addressing and sending raise.
    """
    async with attempt(tx):
        referral = await draft_referral(tx, drafting(command))
        if command.to is not None:
            await next_command(tx)
            referral = await address_referral(tx, addressing(command, referral))
        if command.legal_basis is not None:
            await next_command(tx)
            referral = await take_step(tx, vault, sending(command, referral))
    return referral


def drafting(command: Refer) -> DraftReferral:
    """Ask for the draft."""
    return DraftReferral(
        ids.new_id(),
        command.organisation,
        command.officer,
        command.client_id,
        command.need,
        command.purpose,
        mode=command.mode,
        urgent=command.urgent,
    )


def addressing(command: Refer, referral: Referral) -> AddressReferral:
    """Ask for its address."""
    to = command.to or Destination()
    return AddressReferral(
        referral.id,
        command.organisation,
        command.officer,
        referral.revision,
        to.offering,
        to.recipient,
        "/body/to",
    )


def sending(command: Refer, referral: Referral) -> TakeStep:
    """Ask for it to be sent."""
    return TakeStep(
        referral.id,
        command.organisation,
        command.officer,
        referral.revision,
        Step.SEND,
        legal_basis=command.legal_basis,
    )
