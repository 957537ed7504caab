"""An offering: a service in the common catalogue, and how many clients it takes."""

from typing import Any

from kit import texts
from kit.aggregates import Aggregate
from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.errors import NotTheProvider
from partners.domain.events import CapacityDeclared, OfferingPublished
from partners.domain.tables import Stated, Table
from partners.domain.terms import Audience, Intensity


class Offering(Aggregate, Table):
    """What one organisation offers. Seats are declared here and taken in referrals."""

    __tablename__ = "offering"
    __table_args__ = (Index(None, "organisation"), Index(None, "needs", postgresql_using="gin"))

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.code"))
    name: Mapped[texts.Text] = mapped_column(Stated(texts.Text))
    description: Mapped[texts.Text] = mapped_column(Stated(texts.Text))
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    age_from: Mapped[int | None] = mapped_column(Integer)
    age_to: Mapped[int | None] = mapped_column(Integer)
    municipalities: Mapped[list[str]] = mapped_column(ARRAY(Text))
    intensity: Mapped[Intensity] = mapped_column(Text)
    capacity: Mapped[int] = mapped_column(Integer)

    @property
    def subject(self) -> str:
        """The offering's name on the bus."""
        return f"offerings/{self.code}"

    @property
    def audience(self) -> Audience:
        """Whom it is for."""
        return Audience(
            age_from=self.age_from, age_to=self.age_to, municipalities=tuple(self.municipalities)
        )

    def published(self) -> OfferingPublished:
        """Say that it is in the catalogue."""
        return OfferingPublished(**self._state())

    def must_be_of(self, organisation: str) -> None:
        """Raise `NotTheProvider` for any organisation but the one that gives the service."""
        if organisation != self.organisation:
            raise NotTheProvider

    def declare(self, capacity: int) -> CapacityDeclared:
        """Say how many clients it takes from now on, at a time."""
        self.capacity = capacity
        return CapacityDeclared(**self._state())

    def _state(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "organisation": self.organisation,
            "name": self.name,
            "description": self.description,
            "needs": self.needs,
            "audience": self.audience,
            "intensity": self.intensity,
            "capacity": self.capacity,
        }
