"""Reading agreements: they are public among the partners."""

from kit.database import Transaction
from kit.problems import Missing

from partners.api.views import AgreementView
from partners.domain.agreement import Agreement


async def agreement_view(tx: Transaction, code: str) -> AgreementView:
    """Show an agreement as it stands. Raises `Missing`."""
    agreement = await tx.get(Agreement, code)
    if agreement is None:
        raise Missing
    return AgreementView.of(agreement)
