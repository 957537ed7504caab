"""A seeker: an anonymous profile that one organisation keeps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from kit.aggregates import Aggregate
from sqlalchemy import DateTime, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vacancies.domain.events import SeekerProfiled
from vacancies.domain.profile import Profile
from vacancies.domain.tables import Table


class Seeker(Aggregate, Table):
    """Somebody who looks for work; no name, and no link to whoever it is."""

    __tablename__ = "seeker"
    __table_args__ = (UniqueConstraint("id", "organisation"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    profile: Mapped[dict[str, Any]] = mapped_column(JSONB)
    esco_version: Mapped[str] = mapped_column(Text)
    profiled_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @property
    def subject(self) -> str:
        """The seeker's name on the bus."""
        return f"seekers/{self.id}"

    @property
    def told(self) -> Profile:
        """What the seeker told."""
        return Profile.model_validate(self.profile)

    def profiled(self) -> SeekerProfiled:
        """Say that there is a profile."""
        return SeekerProfiled(seeker_id=self.id, organisation=self.organisation)
