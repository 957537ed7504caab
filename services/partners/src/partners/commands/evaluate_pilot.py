"""Conclude a pilot."""

from dataclasses import dataclass

from kit import clock
from kit.database import Transaction
from kit.outbox import publish
from kit.texts import Text

from partners.commands.draft_agreement import must_fit
from partners.commands.find import found, must_be_at
from partners.domain.agreement import Agreement
from partners.domain.agreement_terms import Conclusion, Evaluation, Evidence


@dataclass(frozen=True)
class EvaluatePilot:
    """What its owner concludes, why, and on what it rests."""

    code: str
    pilot: str
    organisation: str
    expected: int
    conclusion: Conclusion
    summary: Text
    evidence: tuple[Evidence, ...]


async def evaluate_pilot(tx: Transaction, command: EvaluatePilot) -> Agreement:
    """Conclude; a later conclusion takes the place of the one before.

    Raises `Missing`, `Stale`, `NotTheOwner`, `AgreementTooLong`.
    """
    agreement = await found(tx, Agreement, command.code)
    must_be_at(agreement, command.expected)
    pilot = agreement.pilot_of(command.pilot, command.organisation)
    evaluation = Evaluation(
        pilot=pilot.code,
        conclusion=command.conclusion,
        on=clock.today(),
        summary=command.summary,
        evidence=command.evidence,
    )
    fact = agreement.evaluate(evaluation, on=evaluation.on)
    must_fit(fact)
    if tx.is_modified(agreement):
        await publish(tx, agreement, fact)
    return agreement
