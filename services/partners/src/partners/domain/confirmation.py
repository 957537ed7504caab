"""That partners is there, and that all it said before is all there was to say."""

from datetime import datetime
from typing import Annotated

from kit.aggregates import Aggregate
from kit.facts import EVERYONE, Fact
from pydantic import Field
from sqlalchemy import DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.tables import Table


class RegisterConfirmed(Fact, type="partners.register.confirmed.v1", concerns=EVERYONE):
    """The register of partners and agreements is as its facts before this one told.

    Who hears none for long cannot know whether nothing changed or nothing arrived.
    """

    code: Annotated[str, Field(examples=["partners"])]
    confirmed_at: Annotated[datetime, Field(examples=["2026-11-24T09:00:00Z"])]


class Confirmation(Aggregate, Table):
    """When the register was last confirmed: one row, there from the start."""

    __tablename__ = "confirmation"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @property
    def subject(self) -> str:
        """The register's name on the bus."""
        return f"register/{self.code}"

    def confirm(self, at: datetime) -> RegisterConfirmed:
        """Say that the register is as it was told."""
        self.confirmed_at = at
        return RegisterConfirmed(code=self.code, confirmed_at=at)
