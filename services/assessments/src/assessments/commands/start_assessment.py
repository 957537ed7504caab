"""Begin to assess a client's needs."""

from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing
from sqlalchemy import select

from assessments.domain.assessment import Assessment
from assessments.domain.copies import ClientCopy
from assessments.domain.lifecycle import Status
from assessments.domain.publication import Publication


@dataclass(frozen=True)
class StartAssessment:
    """Without a version: the newest that came with the service or is one's own."""

    assessment_id: UUID
    organisation: str
    client_id: UUID
    instrument: str
    version: int | None


async def start_assessment(tx: Transaction, command: StartAssessment) -> Assessment:
    """Begin an assessment of one's own client. Raises `Missing`, `UnknownCode`."""
    client = await tx.get(ClientCopy, command.client_id, with_for_update={"read": True})
    if client is None or client.erased_at or client.organisation != command.organisation:
        raise Missing
    assessment = Assessment(
        id=command.assessment_id,
        organisation=command.organisation,
        client_id=command.client_id,
        instrument=command.instrument,
        version=await version_for(tx, command),
        status=Status.STARTED,
        answers={},
        suggestions=[],
        decisions=[],
        started_at=clock.now(),
    )
    tx.add(assessment)
    await publish(tx, assessment, assessment.started())
    return assessment


async def version_for(tx: Transaction, command: StartAssessment) -> int:
    """Choose the version. Nobody is given another organisation's without asking for it."""
    columns = select(Publication.code, Publication.version, Publication.publisher)
    published = (await tx.execute(columns)).all()
    known(command.instrument, {row.code for row in published}, "/body/instrument")
    versions = {row.version: row.publisher for row in published if row.code == command.instrument}
    ours = [v for v, publisher in versions.items() if publisher in (None, command.organisation)]
    version = command.version or max(ours, default=0)
    known(str(version), {str(v) for v in versions}, "/body/version")
    return version
