"""A placement: a seeker got one of a vacancy's openings."""

from datetime import datetime
from uuid import UUID

from kit.aggregates import Aggregate
from sqlalchemy import DateTime, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vacancies.domain.events import PlacementRecorded
from vacancies.domain.tables import Table


class Placement(Aggregate, Table):
    """Which seeker, where, and for which pilot of an agreement it counts."""

    __tablename__ = "placement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["seeker_id", "organisation"], ["seeker.id", "seeker.organisation"], onupdate="CASCADE"
        ),
        UniqueConstraint("vacancy_id", "seeker_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id"))
    seeker_id: Mapped[UUID]
    organisation: Mapped[str] = mapped_column(Text)
    publisher: Mapped[str] = mapped_column(Text)
    pilot: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @property
    def subject(self) -> str:
        """The placement's name on the bus."""
        return f"placements/{self.id}"

    def recorded(self) -> PlacementRecorded:
        """Say that it was recorded."""
        return PlacementRecorded(
            placement_id=self.id,
            vacancy_id=self.vacancy_id,
            seeker_id=self.seeker_id,
            organisation=self.organisation,
            publisher=self.publisher,
            pilot=self.pilot,
        )
