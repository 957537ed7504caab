"""Finding the vacancy that a command is about."""

from kit.database import Transaction
from kit.leader import lock_key
from sqlalchemy import select, text
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from vacancies.domain.errors import NotABusinessId
from vacancies.domain.vacancy import Vacancy

TAKE = text("SELECT pg_advisory_xact_lock(:key)")


async def vacancy_for_change(tx: Transaction, business_id: str, external_id: str) -> Vacancy | None:
    """Lock a vacancy by the employer's ids; where there is none yet, lock the ids themselves."""
    await tx.execute(TAKE, {"key": lock_key("vacancy", business_id, external_id)})
    found = select(Vacancy).where(
        Vacancy.business_id == business_id, Vacancy.external_id == external_id
    )
    return (await tx.scalars(found.with_for_update())).one_or_none()


def checked(business_id: str) -> str:
    """Check a business id and write it as 1234567-8. Raises `NotABusinessId`."""
    try:
        return str(ytunnus.format(ytunnus.validate(business_id)))
    except ValidationError as error:
        raise NotABusinessId(pointer="/path/business_id") from error
