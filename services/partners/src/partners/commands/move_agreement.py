"""Take the coordinator's steps in the life of an agreement, or of an amendment of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kit import clock
from kit.database import Transaction
from kit.outbox import publish
from kit.texts import Text

from partners.commands.find import found, must_be_at
from partners.domain.agreement import Agreement
from partners.domain.agreement_events import AgreementFact
from partners.domain.errors import FieldMissing

Move = Literal["propose", "withdraw", "terminate"]


@dataclass(frozen=True)
class MoveAgreement:
    """A step; one that terminates names the last day and the reason."""

    code: str
    expected: int
    step: Move
    last_day: date | None = None
    reason: Text | None = None


async def move_agreement(tx: Transaction, command: MoveAgreement) -> Agreement:
    """Take a step. Raises `Missing`, `Stale`, `IllegalStep`, `FieldMissing`, `TermOver`."""
    agreement = await found(tx, Agreement, command.code)
    must_be_at(agreement, command.expected)
    fact = moved(agreement, command)
    if tx.is_modified(agreement):  # a termination that is noted already says nothing new
        await publish(tx, agreement, fact)
    return agreement


def moved(agreement: Agreement, command: MoveAgreement) -> AgreementFact:
    """Move the agreement, and say so."""
    today = clock.today()
    match command.step:
        case "propose":
            return agreement.propose(on=today)
        case "withdraw":
            return agreement.withdraw(on=today)
        case "terminate":
            if command.last_day is None:
                raise FieldMissing(pointer="/body/last_day")
            if command.reason is None:
                raise FieldMissing(pointer="/body/reason")
            return agreement.terminate(command.last_day, command.reason, on=today)
