"""Reading assessments: each organisation its own."""

from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing
from kit.texts import Language
from sqlalchemy import Select, select

from assessments.api.views import AssessmentView
from assessments.commands.find import instrument_of
from assessments.domain.assessment import Assessment
from assessments.domain.lifecycle import Status


async def assessment_view(
    tx: Transaction, assessment_id: UUID, organisation: str, language: Language
) -> AssessmentView:
    """Show an assessment to the organisation that made it. Raises `Missing`."""
    assessment = await tx.get(Assessment, assessment_id)
    if assessment is None or assessment.organisation != organisation:
        raise Missing
    return AssessmentView.shown(assessment, await instrument_of(tx, assessment), language)


def own_assessments(
    organisation: str, client_id: UUID | None, status: Status | None
) -> Select[Assessment]:
    """Select an organisation's assessments, of one client, in one state."""
    query = select(Assessment).where(Assessment.organisation == organisation)
    if client_id is not None:
        query = query.where(Assessment.client_id == client_id)
    return query if status is None else query.where(Assessment.status == status)
