"""Withdraw a mandate or a succession that was noted by mistake."""

from dataclasses import dataclass

from kit import clock
from kit.database import Transaction
from kit.outbox import publish
from kit.texts import Text

from partners.commands.find import found, must_be_at
from partners.domain.organisation import Noted, Organisation
from partners.domain.succession import Withdrawal


@dataclass(frozen=True)
class WithdrawTasks:
    """Which of an organisation's mandates or successions, counted from 1, and why."""

    code: str
    expected: int
    noted: Noted
    number: int
    reason: Text


async def withdraw_tasks(tx: Transaction, command: WithdrawTasks) -> Organisation:
    """Withdraw it: it stays in the register, and nobody was competent by it.

    Raises `Missing`, `Stale`, `AlreadyWithdrawn`.
    """
    organisation = await found(tx, Organisation, command.code)
    must_be_at(organisation, command.expected)
    withdrawal = Withdrawal(on=clock.today(), reason=command.reason)
    fact = organisation.withdraw(command.noted, command.number, withdrawal)
    await publish(tx, organisation, fact)
    return organisation
