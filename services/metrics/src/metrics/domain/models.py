"""All of this service's tables, for migrations and their check."""

from metrics.domain import copies, projections, series, witness
from metrics.domain.tables import Table

metadata = Table.metadata

__all__ = ["copies", "metadata", "projections", "series", "witness"]
