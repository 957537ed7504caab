"""Reading vacancies: what is withdrawn or expired is listed no more."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import ColumnElement, Select, select, text

from vacancies.domain.status import Status
from vacancies.domain.vacancy import Vacancy

SPOKEN_OF = text("""
    words @@ (plainto_tsquery('finnish', :q) || plainto_tsquery('swedish', :q)
           || plainto_tsquery('english', :q) || plainto_tsquery('simple', :q))
""")


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; codes are checked by then."""

    q: str | None
    occupation: str | None
    municipality: str | None
    skill: str | None

    @property
    def holding(self) -> dict[str, Any]:
        """Give what the posting must hold, in PostgreSQL's sense of containment."""
        held = {
            "occupations": self.occupation and [self.occupation],
            "municipality": self.municipality,
            "skills": self.skill and [{"uri": self.skill}],
        }
        return {field: value for field, value in held.items() if value is not None}


def listed(filters: Filters) -> Select[Vacancy]:
    """Select the vacancies of a list."""
    query = select(Vacancy).where(*current())
    if filters.holding:
        query = query.where(Vacancy.posting.contains(filters.holding))
    return query if filters.q is None else query.where(SPOKEN_OF.bindparams(q=filters.q))


def current() -> tuple[ColumnElement[bool], ...]:
    """Neither withdrawn nor expired, in Finland's day."""
    today = clock.today().isoformat()
    return Vacancy.withdrawn_at.is_(None), Vacancy.posting["expires"].astext >= today


async def vacancy_of(tx: Transaction, vacancy_id: UUID, organisation: str) -> Vacancy:
    """Find a vacancy; a withdrawn one is there for its publisher only. Raises `Missing`."""
    vacancy = await tx.get(Vacancy, vacancy_id)
    if vacancy is None:
        raise Missing
    if vacancy.status is Status.WITHDRAWN and vacancy.publisher != organisation:
        raise Missing
    return vacancy
