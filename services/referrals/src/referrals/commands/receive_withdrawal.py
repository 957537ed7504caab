"""A recipient's receipt: it knows that the consent was withdrawn, and acted on it."""

from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.problems import Missing

from referrals.commands.find import record
from referrals.domain.errors import NotYourStep
from referrals.domain.history import Act
from referrals.domain.referral import Referral
from referrals.domain.states import Role


@dataclass(frozen=True)
class ReceiveWithdrawal:
    """Of which referral, and whose officer says so."""

    referral_id: UUID
    organisation: str
    officer: str


async def receive_withdrawal(tx: Transaction, command: ReceiveWithdrawal) -> Referral:
    """Give the receipt, once; again, nothing happens.

    Raises `Missing`, `NotYourStep`, `NothingToReceive`.
    """
    referral = await tx.get(Referral, command.referral_id, with_for_update=True)
    if referral is None:
        raise Missing
    if Role.RECIPIENT not in referral.roles_of(command.organisation):
        legal = referral.legal_steps(command.organisation)
        raise NotYourStep(legal=legal, roles=[str(Role.RECIPIENT)])
    if referral.receipt_at is None:
        fact = referral.received(clock.now())
        act = Act("receipt", command.organisation, command.officer, Role.RECIPIENT)
        await record(tx, referral, act, fact)
    return referral
