"""Reading organisations: partners know one another."""

from kit.database import Transaction
from kit.problems import Missing

from partners.api.organisation_views import OrganisationView
from partners.domain.organisation import Organisation


async def organisation_view(tx: Transaction, code: str) -> OrganisationView:
    """Show a partner. Raises `Missing`."""
    organisation = await tx.get(Organisation, code)
    if organisation is None:
        raise Missing
    return OrganisationView.model_validate(organisation)
