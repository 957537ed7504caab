"""A vacancy: what an employer published, and how many of its openings are filled."""

from datetime import datetime
from typing import Any
from uuid import UUID

from kit import clock
from kit.aggregates import Aggregate
from sqlalchemy import Computed, DateTime, Index, Integer, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from vacancies.domain import events
from vacancies.domain.codes import ESCO
from vacancies.domain.errors import NoOpening, OpeningsFilled
from vacancies.domain.posting import Posting
from vacancies.domain.status import Status
from vacancies.domain.tables import Table


class Vacancy(Aggregate, Table):
    """One posting of an employer, found by the employer's business id and an external id.

    `esco_version` is the version of the code set in which the posting was checked; `words` is
    what full-text search reads, in the three languages.
    """

    __tablename__ = "vacancy"
    __table_args__ = (
        UniqueConstraint("business_id", "external_id"),
        Index(None, "words", postgresql_using="gin"),
        Index(
            None, "posting", postgresql_using="gin", postgresql_ops={"posting": "jsonb_path_ops"}
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    publisher: Mapped[str] = mapped_column(Text)
    business_id: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)
    posting: Mapped[dict[str, Any]] = mapped_column(JSONB)
    esco_version: Mapped[str] = mapped_column(Text)
    filled: Mapped[int] = mapped_column(Integer)
    published_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    words: Mapped[str] = mapped_column(
        TSVECTOR, Computed("words_of(posting)", persisted=True), deferred=True
    )

    @property
    def subject(self) -> str:
        """The vacancy's name on the bus."""
        return f"vacancies/{self.id}"

    @property
    def wanted(self) -> Posting:
        """What the employer looks for."""
        return Posting.model_validate(self.posting)

    @property
    def status(self) -> Status:
        """Where it stands."""
        if self.withdrawn_at is not None:
            return Status.WITHDRAWN
        return Status.FILLED if self.filled >= self.posting["openings"] else Status.OPEN

    def publish(self, posting: Posting) -> events.VacancyPublished:
        """Publish it, or publish it again after it was withdrawn. Raises `OpeningsFilled`."""
        self._show(posting)
        self.published_at, self.withdrawn_at = clock.now(), None
        return events.VacancyPublished(**self._state())

    def change(self, posting: Posting) -> events.VacancyChanged:
        """Give it another posting. Raises `OpeningsFilled`."""
        self._show(posting)
        return events.VacancyChanged(**self._state())

    def withdraw(self) -> events.VacancyWithdrawn:
        """Take it back."""
        self.withdrawn_at = clock.now()
        return events.VacancyWithdrawn(**self._state())

    def fill(self) -> events.VacancyFilled:
        """Fill one opening. Raises `NoOpening`."""
        if self.status is not Status.OPEN:
            raise NoOpening(vacancy_status=self.status)
        self.filled += 1
        return events.VacancyFilled(**self._state())

    def _show(self, posting: Posting) -> None:
        if posting.openings < self.filled:
            raise OpeningsFilled(filled=self.filled)
        self.posting, self.esco_version = posting.model_dump(mode="json"), ESCO.version

    def _state(self) -> dict[str, Any]:
        return {
            "vacancy_id": self.id,
            "publisher": self.publisher,
            "employer": self.business_id,
            "occupations": self.posting["occupations"],
            "skills": [skill["uri"] for skill in self.posting["skills"]],
            "municipality": self.posting["municipality"],
            "openings": self.posting["openings"],
            "filled": self.filled,
            "status": self.status,
        }
