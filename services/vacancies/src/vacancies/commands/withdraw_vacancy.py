"""Take a vacancy back."""

from dataclasses import dataclass

from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing

from vacancies.commands.find import checked, vacancy_for_change
from vacancies.domain.status import Status


@dataclass(frozen=True)
class WithdrawVacancy:
    """Its row stays, as a tombstone."""

    organisation: str
    business_id: str
    external_id: str


async def withdraw_vacancy(tx: Transaction, command: WithdrawVacancy) -> None:
    """Withdraw it; once more changes nothing. Raises `NotABusinessId`, `Missing`."""
    vacancy = await vacancy_for_change(tx, checked(command.business_id), command.external_id)
    if vacancy is None or vacancy.publisher != command.organisation:
        raise Missing
    if vacancy.status is not Status.WITHDRAWN:
        await publish(tx, vacancy, vacancy.withdraw())
