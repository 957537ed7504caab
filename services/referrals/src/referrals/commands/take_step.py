"""Take a step of a referral's lifecycle: each step is a few lines here, its rule in the domain."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.facts import Fact
from kit.outbox import publish
from sharing import Exchange, Reason, decide
from sharing.codes import DataClass, Purpose
from sqlalchemy import select

from referrals.commands.find import record, referral_for_step
from referrals.domain.codes import DeclinedBy, DeclineReason, LegalBasis, Outcome
from referrals.domain.copies import AgreementCopy
from referrals.domain.errors import FieldMissing, NotAddressed, NotPermitted
from referrals.domain.lifecycle import Step
from referrals.domain.referral import Referral
from referrals.domain.seats import Seats

Value = TypeVar("Value")


@dataclass(frozen=True)
class TakeStep:
    """A step, and the fields that some steps need."""

    referral_id: UUID
    organisation: str
    officer: str
    expected: int
    step: Step
    legal_basis: LegalBasis | None = None
    reason: DeclineReason | None = None
    declined_by: DeclinedBy = DeclinedBy.PROVIDER
    outcome: Outcome | None = None


async def take_step(tx: Transaction, command: TakeStep) -> Referral:
    """Take a step. Raises `Missing`, `Stale`, `IllegalStep`, and what the step itself refuses."""
    referral = await referral_for_step(
        tx, command.referral_id, command.organisation, command.expected
    )
    fact = await STEPS[command.step](tx, referral, command)
    await record(tx, referral, command.step, command.organisation, command.officer, fact)
    return referral


async def send(tx: Transaction, referral: Referral, command: TakeStep) -> Fact:
    """Ask the recipient, if an agreement in force lets the client's data go there."""
    basis = needed(command.legal_basis, "legal_basis")
    referral.must_allow(Step.SEND, command.organisation)
    clause = await permission(tx, referral)
    return referral.send(
        command.organisation,
        legal_basis=basis,
        agreement=clause.agreement,
        clause=clause.clause or "",
    )


async def accept(tx: Transaction, referral: Referral, command: TakeStep) -> Fact:
    """Take the client, and a seat with it: both or neither."""
    fact = referral.accept(command.organisation)
    seats = await seats_of(tx, referral)
    if seats is not None:
        await publish(tx, seats, seats.take())
    return fact


async def report_outcome(tx: Transaction, referral: Referral, command: TakeStep) -> Fact:
    """Say what came of it; the first report frees the seat."""
    outcome = needed(command.outcome, "outcome")
    first = referral.outcome is None
    fact = referral.report_outcome(command.organisation, outcome=outcome)
    seats = await seats_of(tx, referral) if first else None
    if seats is not None:
        await publish(tx, seats, seats.free())
    return fact


async def withdraw(_tx: Transaction, referral: Referral, command: TakeStep) -> Fact:
    """Take it back."""
    return referral.withdraw(command.organisation)


async def decline(_tx: Transaction, referral: Referral, command: TakeStep) -> Fact:
    """Say no, and why."""
    reason = needed(command.reason, "reason")
    return referral.decline(command.organisation, reason=reason, declined_by=command.declined_by)


async def start(_tx: Transaction, referral: Referral, command: TakeStep) -> Fact:
    """Begin the service."""
    return referral.start(command.organisation)


async def confirm(_tx: Transaction, referral: Referral, command: TakeStep) -> Fact:
    """Close the loop."""
    return referral.confirm(command.organisation)


async def dispute(_tx: Transaction, referral: Referral, command: TakeStep) -> Fact:
    """See the outcome otherwise."""
    return referral.dispute(command.organisation)


STEPS = {
    Step.SEND: send,
    Step.WITHDRAW: withdraw,
    Step.ACCEPT: accept,
    Step.DECLINE: decline,
    Step.START: start,
    Step.REPORT_OUTCOME: report_outcome,
    Step.CONFIRM: confirm,
    Step.DISPUTE: dispute,
}


async def permission(tx: Transaction, referral: Referral) -> Reason:
    """Find the clause that lets this data go. Raises `NotAddressed`, `NotPermitted`."""
    if referral.recipient is None:
        raise NotAddressed
    copies = (await tx.scalars(select(AgreementCopy))).all()
    exchange = Exchange(
        giver=referral.sender,
        receiver=referral.recipient,
        purpose=Purpose(referral.purpose),
        data_class=DataClass.SITUATION,
        on=clock.today(),
    )
    decision = decide([copy.policy() for copy in copies], exchange)
    if not decision.allowed:
        raise NotPermitted(reasons=[reason.model_dump(mode="json") for reason in decision.reasons])
    return decision.permits[0]


async def seats_of(tx: Transaction, referral: Referral) -> Seats | None:
    """Lock the ledger of the referral's offering; the referral is always locked before it."""
    if referral.offering is None:
        return None
    return await tx.get(Seats, referral.offering, with_for_update=True, populate_existing=True)


def needed(value: Value | None, field: str) -> Value:
    """Give a field that the step needs. Raises `FieldMissing`."""
    if value is None:
        raise FieldMissing(pointer=f"/body/{field}")
    return value
