"""End answering, and let the rules suggest needs."""

from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.outbox import publish

from assessments.commands.find import assessment_at, instrument_of
from assessments.domain.assessment import Assessment
from assessments.rules import RuleBook


@dataclass(frozen=True)
class CompleteAssessment:
    """With whatever was answered; what was not is never held against anybody."""

    assessment_id: UUID
    organisation: str
    expected: int


async def complete_assessment(
    tx: Transaction, rules: RuleBook, command: CompleteAssessment
) -> Assessment:
    """Complete an assessment. Raises `Missing`, `Stale`, `IllegalStep`."""
    assessment = await assessment_at(
        tx, command.assessment_id, command.organisation, command.expected
    )
    instrument = await instrument_of(tx, assessment)
    name, suggestions = rules.suggest(instrument, assessment.answers)
    await publish(tx, assessment, assessment.complete(name, suggestions, at=clock.now()))
    return assessment
