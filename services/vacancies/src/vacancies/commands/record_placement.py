"""Record that a seeker got one of a vacancy's openings."""

from dataclasses import dataclass
from uuid import UUID

from kit import clock, ids
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing
from sqlalchemy import exists, select

from vacancies.domain.copies import AgreementCopy
from vacancies.domain.errors import AlreadyPlaced
from vacancies.domain.pilots import must_be_open
from vacancies.domain.placement import Placement
from vacancies.domain.vacancy import Vacancy
from vacancies.queries.seekers import seeker_of


@dataclass(frozen=True)
class RecordPlacement:
    """Of one's own seeker, in anybody's vacancy; it may count for a pilot of an agreement."""

    organisation: str
    vacancy_id: UUID
    seeker_id: UUID
    pilot: str | None


async def record_placement(tx: Transaction, command: RecordPlacement) -> Placement:
    """Record a placement and fill an opening, both or neither.

    Raises `Missing`, `UnknownCode`, `PilotClosed`, `AlreadyPlaced`, `NoOpening`.
    """
    seeker = await seeker_of(tx, command.seeker_id, command.organisation)
    await check_pilot(tx, command)
    vacancy = await tx.get(Vacancy, command.vacancy_id, with_for_update=True)
    if vacancy is None:
        raise Missing
    if await is_placed(tx, vacancy.id, seeker.id):
        raise AlreadyPlaced
    filled = vacancy.fill()
    placement = Placement(
        id=ids.new_id(),
        vacancy_id=vacancy.id,
        seeker_id=seeker.id,
        organisation=command.organisation,
        publisher=vacancy.publisher,
        pilot=command.pilot,
        recorded_at=clock.now(),
    )
    tx.add(placement)
    await publish(tx, placement, placement.recorded())
    await publish(tx, vacancy, filled)
    return placement


async def check_pilot(tx: Transaction, command: RecordPlacement) -> None:
    """Check that the placement may count for the pilot, by the copies of the agreements."""
    if command.pilot is not None:
        copies = (await tx.scalars(select(AgreementCopy).order_by(AgreementCopy.code))).all()
        agreements = [copy.with_pilots() for copy in copies]
        must_be_open(command.pilot, agreements, command.organisation, clock.today())


async def is_placed(tx: Transaction, vacancy_id: UUID, seeker_id: UUID) -> bool:
    """Say whether the seeker has an opening of this vacancy; its row is locked by then."""
    found = exists().where(Placement.vacancy_id == vacancy_id, Placement.seeker_id == seeker_id)
    return bool(await tx.scalar(select(found)))
