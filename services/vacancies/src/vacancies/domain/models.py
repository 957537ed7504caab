"""All of this service's tables, for migrations and their check."""

from vacancies.domain import copies, placement, seeker, vacancy
from vacancies.domain.tables import Table

metadata = Table.metadata

__all__ = ["copies", "metadata", "placement", "seeker", "vacancy"]
