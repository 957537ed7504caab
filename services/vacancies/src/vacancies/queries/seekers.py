"""Reading seekers: each organisation its own."""

from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing

from vacancies.domain.seeker import Seeker


async def seeker_of(tx: Transaction, seeker_id: UUID, organisation: str) -> Seeker:
    """Find a seeker of the organisation. Raises `Missing`."""
    seeker = await tx.get(Seeker, seeker_id)
    if seeker is None or seeker.organisation != organisation:
        raise Missing
    return seeker
