"""Reading assessments: each organisation its own."""

from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing
from kit.texts import Language
from sqlalchemy import Select, select

from assessments.api.views import AssessmentView, ClientExport
from assessments.commands.find import instrument_of
from assessments.domain.assessment import Assessment
from assessments.domain.copies import ClientCopy
from assessments.domain.lifecycle import Status


async def assessment_view(
    tx: Transaction, assessment_id: UUID, organisation: str, language: Language
) -> AssessmentView:
    """Show an assessment to the organisation that made it. Raises `Missing`."""
    assessment = await tx.get(Assessment, assessment_id)
    if assessment is None or assessment.organisation != organisation:
        raise Missing
    return AssessmentView.shown(assessment, await instrument_of(tx, assessment), language)


async def export_of(
    tx: Transaction, client_id: UUID, organisation: str, language: Language
) -> ClientExport:
    """Gather all that is held of one's own client. Raises `Missing`."""
    client = await tx.get(ClientCopy, client_id)
    if client is None or client.organisation != organisation:
        raise Missing
    query = own_assessments(organisation, client_id, None).order_by(Assessment.id)
    return ClientExport(
        client_id=client.id,
        organisation=client.organisation,
        erased_at=client.erased_at,
        assessments=[
            AssessmentView.shown(each, await instrument_of(tx, each), language)
            for each in (await tx.scalars(query)).all()
        ],
    )


def own_assessments(
    organisation: str, client_id: UUID | None, status: Status | None
) -> Select[Assessment]:
    """Select an organisation's assessments, of one client, in one state."""
    query = select(Assessment).where(Assessment.organisation == organisation)
    if client_id is not None:
        query = query.where(Assessment.client_id == client_id)
    return query if status is None else query.where(Assessment.status == status)
