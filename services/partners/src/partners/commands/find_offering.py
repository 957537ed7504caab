"""Finding the offering that its provider acts on."""

from kit.database import Transaction
from kit.problems import Missing

from partners.commands.find import found, must_be_at
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStatus


async def own_offering(tx: Transaction, code: str, organisation: str, expected: int) -> Offering:
    """Lock one's own offering; another's draft is not there. Raises `Missing`, `NotTheProvider`,
    `Stale`.
    """
    offering = await found(tx, Offering, code)
    if offering.status == OfferingStatus.DRAFT and offering.organisation != organisation:
        raise Missing
    offering.must_be_of(organisation)
    must_be_at(offering, expected)
    return offering
