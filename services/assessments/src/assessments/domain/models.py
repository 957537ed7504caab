"""All of this service's tables, for migrations and their check."""

from assessments.domain import assessment, copies, publication
from assessments.domain.tables import Table

metadata = Table.metadata

__all__ = ["assessment", "copies", "metadata", "publication"]
