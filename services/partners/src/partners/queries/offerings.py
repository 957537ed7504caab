"""Reading the common catalogue."""

from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import Select, or_, select

from partners.api.views import OfferingView
from partners.domain.copies import SeatsCopy
from partners.domain.offering import Offering

WITH_SEATS = select(Offering, SeatsCopy).outerjoin(SeatsCopy, SeatsCopy.offering == Offering.code)


async def offering_view(tx: Transaction, code: str) -> OfferingView:
    """Show an offering with the seats that are taken of it. Raises `Missing`."""
    row = (await tx.execute(WITH_SEATS.where(Offering.code == code))).one_or_none()
    if row is None:
        raise Missing
    return OfferingView.of(*row)


def catalogue(
    need: str | None, municipality: str | None, organisation: str | None
) -> Select[Offering, SeatsCopy]:
    """Select the offerings that answer a need, are for a municipality's people, or are of one."""
    query = WITH_SEATS
    if need is not None:
        query = query.where(Offering.needs.contains([need]))
    if municipality is not None:
        named = Offering.municipalities.contains([municipality])
        query = query.where(or_(Offering.municipalities == [], named))
    if organisation is not None:
        query = query.where(Offering.organisation == organisation)
    return query
