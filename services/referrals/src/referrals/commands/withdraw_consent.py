"""A client takes a consent back: it takes effect at once, in all that rests on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.aggregates import next_command
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing
from sqlalchemy import select

from referrals.commands.find import record
from referrals.commands.seating import move_seat
from referrals.domain.codes import Manner
from referrals.domain.consent import Consent
from referrals.domain.history import Act
from referrals.domain.merge import must_be_kept, records_of
from referrals.domain.referral import Referral
from referrals.domain.states import Role, Status, Step


@dataclass(frozen=True)
class WithdrawConsent:
    """The client's word, and how it was said."""

    client_id: UUID
    consent_id: UUID
    organisation: str
    officer: str
    manner: Manner


async def withdraw_consent(tx: Transaction, command: WithdrawConsent) -> Consent:
    """Withdraw it, and cancel or freeze every referral that rests on it, all or nothing.

    Raises `Missing`, `MergedAway`, `AlreadyWithdrawn`.
    """
    await resting_on(tx, command.consent_id)  # locked first, as sending one locks it
    consent = await tx.get(
        Consent, command.consent_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if consent is None or consent.organisation != command.organisation:
        raise Missing
    if consent.client_id not in await records_of(tx, command.client_id):
        raise Missing
    await must_be_kept(tx, command.client_id)
    fact = consent.withdraw(command.manner, command.officer, clock.now())
    await publish(tx, consent, fact)
    for referral in await resting_on(tx, consent.id):
        await next_command(tx)
        await end(tx, referral, command)
    return consent


async def resting_on(tx: Transaction, consent_id: UUID) -> Sequence[Referral]:
    """Lock the referrals that rest on a consent, always in one order."""
    found = (
        select(Referral)
        .where(Referral.consent_id == consent_id, Referral.status != Status.ENTERED_IN_ERROR)
        .order_by(Referral.offering, Referral.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return [each for each in await tx.scalars(found) if not each.is_withdrawn]


async def end(tx: Transaction, referral: Referral, command: WithdrawConsent) -> None:
    """Take the step that the lifecycle has for it, as the client's own."""
    step = Step.WITHDRAW_CONSENT
    given = {"organisation": command.organisation, "officer": command.officer, "at": clock.now()}
    fact = referral.take(step, Role.SENDER, client=True, **given)
    await move_seat(tx, referral, step)
    act = Act(step, command.organisation, command.officer, Role.CLIENT)
    await record(tx, referral, act, fact)
