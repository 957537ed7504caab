"""Decide on a need: the rules only suggest."""

from dataclasses import dataclass
from uuid import UUID

from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from sharing.codes import NEEDS

from assessments.commands.find import own_assessment
from assessments.domain.assessment import Assessment
from assessments.domain.decisions import Decision


@dataclass(frozen=True)
class DecideNeed:
    """By a named officer; against the rules, or beyond them, only with a reason."""

    assessment_id: UUID
    organisation: str
    decision: Decision


async def decide_need(tx: Transaction, command: DecideNeed) -> Assessment:
    """Decide. Raises `UnknownCode`, `Missing`, and what `Assessment.decide` refuses."""
    said = command.decision
    known(said.need, NEEDS, "/body/need")
    known(said.replaced_by or said.need, NEEDS, "/body/replaced_by")
    assessment = await own_assessment(tx, command.assessment_id, command.organisation)
    await publish(tx, assessment, assessment.decide(said))
    return assessment
