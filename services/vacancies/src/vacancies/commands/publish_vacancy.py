"""Publish a vacancy, or say again what was published: the same posting twice is one."""

from dataclasses import dataclass

from kit import ids
from kit.database import Transaction
from kit.outbox import publish

from vacancies.commands.find import checked, vacancy_for_change
from vacancies.domain.errors import AnotherPublisher
from vacancies.domain.posting import Posting
from vacancies.domain.status import Status
from vacancies.domain.vacancy import Vacancy
from vacancies.queries.places import places_today


@dataclass(frozen=True)
class PublishVacancy:
    """The employer's business id and an id of the publisher's choice name the vacancy for ever."""

    organisation: str
    business_id: str
    external_id: str
    posting: Posting


async def publish_vacancy(tx: Transaction, command: PublishVacancy) -> tuple[Vacancy, bool]:
    """Publish or change it; say whether it is there anew.

    Raises `NotABusinessId`, `UnknownCode`, `AnotherPublisher`, `OpeningsFilled`.
    """
    business_id, places = checked(command.business_id), await places_today(tx)
    posting = command.posting.checked(places.codes)
    vacancy = await vacancy_for_change(tx, business_id, command.external_id)
    if vacancy is None:
        vacancy = Vacancy(
            id=ids.new_id(),
            publisher=command.organisation,
            business_id=business_id,
            external_id=command.external_id,
            filled=0,
        )
        tx.add(vacancy)
    elif vacancy.publisher != command.organisation:
        raise AnotherPublisher
    elif vacancy.status is not Status.WITHDRAWN:
        if posting != vacancy.wanted:
            await publish(tx, vacancy, vacancy.change(posting))
        return vacancy, False
    await publish(tx, vacancy, vacancy.publish(posting))
    return vacancy, True
