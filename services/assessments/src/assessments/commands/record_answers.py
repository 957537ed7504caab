"""Take down what a client answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish

from assessments.commands.find import assessment_at, instrument_of
from assessments.domain.assessment import Assessment


@dataclass(frozen=True)
class RecordAnswers:
    """Marks by item; items that are not named stay as they are, null takes a mark back."""

    assessment_id: UUID
    organisation: str
    expected: int
    answers: Mapping[str, int | None]


async def record_answers(tx: Transaction, command: RecordAnswers) -> Assessment:
    """Take answers down. Raises `Missing`, `Stale`, `UnknownCode`, `IllegalStep`."""
    assessment = await assessment_at(
        tx, command.assessment_id, command.organisation, command.expected
    )
    instrument = await instrument_of(tx, assessment)
    for item in command.answers:
        known(item, instrument.item_codes, "/body/answers")
    await publish(tx, assessment, assessment.answer(command.answers, at=clock.now()))
    return assessment
