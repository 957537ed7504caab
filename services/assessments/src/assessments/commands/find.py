"""Finding what a command is about."""

from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing, Stale

from assessments.domain.assessment import Assessment
from assessments.domain.instruments import Instrument
from assessments.domain.publication import Publication, name_of


async def own_assessment(tx: Transaction, assessment_id: UUID, organisation: str) -> Assessment:
    """Lock an assessment of the organisation. Raises `Missing` for one of others."""
    assessment = await tx.get(Assessment, assessment_id, with_for_update=True)
    if assessment is None or assessment.organisation != organisation:
        raise Missing
    return assessment


async def assessment_at(
    tx: Transaction, assessment_id: UUID, organisation: str, expected: int
) -> Assessment:
    """Lock an assessment at the revision that was last seen. Raises `Missing`, `Stale`."""
    assessment = await own_assessment(tx, assessment_id, organisation)
    if assessment.revision != expected:
        raise Stale
    return assessment


async def instrument_of(tx: Transaction, assessment: Assessment) -> Instrument:
    """Give the instrument that an assessment uses."""
    name = name_of(assessment.instrument, assessment.version)
    return (await tx.get_one(Publication, name)).instrument
