"""All of this service's tables, for migrations and their check."""

from partners.domain import (
    agreement,
    area,
    asked,
    catalogue_import,
    client,
    confirmation,
    copies,
    eligibility,
    offering,
    organisation,
    use,
    vocabulary,
)
from partners.domain.tables import Table

metadata = Table.metadata

__all__ = [
    "agreement",
    "area",
    "asked",
    "catalogue_import",
    "client",
    "confirmation",
    "copies",
    "eligibility",
    "metadata",
    "offering",
    "organisation",
    "use",
    "vocabulary",
]
