"""Reading the common catalogue."""

from kit import clock
from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import Select, or_, select

from partners.api.offering_views import OfferingView
from partners.domain.copies import SeatsCopy
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStatus

WITH_SEATS = select(Offering, SeatsCopy).outerjoin(SeatsCopy, SeatsCopy.offering == Offering.code)
LISTED = (OfferingStatus.PUBLISHED, OfferingStatus.PAUSED)


async def offering_view(tx: Transaction, code: str, reader: str) -> OfferingView:
    """Show an offering with the seats that are taken of it. Raises `Missing`."""
    query = seen_by(reader, WITH_SEATS.where(Offering.code == code))
    row = (await tx.execute(query)).one_or_none()
    if row is None:
        raise Missing
    return OfferingView.of(row[0], row[1], clock.now())


def seen_by(reader: str, query: Select[Offering, SeatsCopy]) -> Select[Offering, SeatsCopy]:
    """Leave out the drafts of others."""
    shown = Offering.status != OfferingStatus.DRAFT
    return query.where(or_(shown, Offering.organisation == reader))


def catalogue(
    reader: str,
    status: OfferingStatus | None,
    need: str | None,
    municipality: str | None,
    organisation: str | None,
) -> Select[Offering, SeatsCopy]:
    """Select the offerings that answer a need, are for a municipality's people, or are of one."""
    query = seen_by(reader, WITH_SEATS.where(Offering.status.in_([status] if status else LISTED)))
    if need is not None:
        query = query.where(Offering.needs.contains([need]))
    if municipality is not None:
        named = Offering.municipalities.contains([municipality])
        query = query.where(or_(Offering.municipalities == [], named))
    if organisation is not None:
        query = query.where(Offering.organisation == organisation)
    return query


async def offerings_by_code(tx: Transaction, codes: list[str]) -> dict[str, OfferingView]:
    """Show offerings by their codes."""
    rows = (await tx.execute(WITH_SEATS.where(Offering.code.in_(codes)))).all() if codes else []
    now = clock.now()
    return {row[0].code: OfferingView.of(row[0], row[1], now) for row in rows}
