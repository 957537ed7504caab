"""An offering: a service in the common catalogue, and how many clients it takes."""

from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from kit import clock, texts
from kit.aggregates import Aggregate
from sqlalchemy import Boolean, Computed, DateTime, Double, ForeignKey, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.catalogue import (
    Access,
    Audience,
    Capacity,
    Channel,
    Intensity,
    Period,
    Place,
    Price,
    Service,
)
from partners.domain.errors import NotTheProvider
from partners.domain.offering_events import (
    CapacityDeclared,
    CapacityWentStale,
    EligibilityPublished,
    OfferingChanged,
    OfferingDrafted,
    OfferingEnded,
    OfferingFact,
    OfferingPassed,
    OfferingPaused,
    OfferingPublished,
    OfferingResumed,
)
from partners.domain.offering_lifecycle import (
    LIFECYCLE,
    OfferingRole,
    OfferingStatus,
    OfferingStep,
)
from partners.domain.tables import Stated, Table
from partners.hsds.identity import service_id

AFTER = {
    OfferingStep.PUBLISH: OfferingPublished,
    OfferingStep.CHANGE: OfferingChanged,
    OfferingStep.PAUSE: OfferingPaused,
    OfferingStep.RESUME: OfferingResumed,
    OfferingStep.END: OfferingEnded,
    OfferingStep.DECLARE: CapacityDeclared,
}
Stating = TypeVar("Stating", Service, Capacity)
AUDIENCE = tuple(Audience.model_fields)


def born_here(row: Any) -> UUID:
    """Give the id that directories know an offering by which came from none of them."""
    return service_id(row.get_current_parameters()["code"])


LATITUDES, LONGITUDES = "numbers_of(places, 'latitude')", "numbers_of(places, 'longitude')"


def made(kind: Any, by: str) -> Any:
    """Declare what the database makes of other columns, for search alone."""
    return mapped_column(kind, Computed(by, persisted=True), deferred=True)


class Offering(Aggregate, Table):
    """What one organisation offers. Seats are declared here and taken in referrals."""

    __tablename__ = "offering"
    __table_args__ = (
        Index(None, "organisation"),
        Index(None, "needs", postgresql_using="gin"),
        Index(None, "words", postgresql_using="gin"),
        Index(None, "stale_at", postgresql_where=text("NOT stale_told")),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    directory_id: Mapped[UUID] = mapped_column(unique=True, default=born_here)
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.code"))
    status: Mapped[OfferingStatus] = mapped_column(Text)
    name: Mapped[texts.Text] = mapped_column(Stated(texts.Text))
    description: Mapped[texts.Text] = mapped_column(Stated(texts.Text))
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    age_from: Mapped[int | None] = mapped_column(Integer)
    age_to: Mapped[int | None] = mapped_column(Integer)
    municipalities: Mapped[list[str]] = mapped_column(ARRAY(Text))
    situations: Mapped[list[str]] = mapped_column(ARRAY(Text))
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    access: Mapped[Access] = mapped_column(Text)
    channels: Mapped[tuple[Channel, ...]] = mapped_column(Stated(tuple[Channel, ...]))
    places: Mapped[tuple[Place, ...]] = mapped_column(Stated(tuple[Place, ...]))
    price: Mapped[Price] = mapped_column(Stated(Price))
    intensity: Mapped[Intensity] = mapped_column(Text)
    theme: Mapped[str | None] = mapped_column(Text)
    capacity: Mapped[int] = mapped_column(Integer)
    taken_elsewhere: Mapped[int] = mapped_column(Integer)
    capacity_unit: Mapped[str] = mapped_column(Text)
    capacity_period: Mapped[Period | None] = mapped_column(Stated(Period))
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    stale_after_days: Mapped[int] = mapped_column(Integer)
    eligibility_version: Mapped[int | None] = mapped_column(Integer)
    stale_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    stale_told: Mapped[bool] = mapped_column(Boolean)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    words: Mapped[str] = made(TSVECTOR, "offering_words(name, description)")
    latitudes: Mapped[list[float]] = made(ARRAY(Double), LATITUDES)
    longitudes: Mapped[list[float]] = made(ARRAY(Double), LONGITUDES)
    south: Mapped[float | None] = made(Double, f"least_of({LATITUDES})")
    north: Mapped[float | None] = made(Double, f"greatest_of({LATITUDES})")
    west: Mapped[float | None] = made(Double, f"least_of({LONGITUDES})")
    east: Mapped[float | None] = made(Double, f"greatest_of({LONGITUDES})")

    @classmethod
    def of(
        cls, code: str, organisation: str, service: Service, capacity: Capacity, at: datetime
    ) -> "Offering":
        """Write a draft."""
        offering = cls(code=code, organisation=organisation, status=OfferingStatus.DRAFT)
        offering._state_service(service, at)
        offering._state_capacity(capacity, at)
        return offering

    @property
    def subject(self) -> str:
        """The offering's name on the bus."""
        return f"offerings/{self.code}"

    @property
    def audience(self) -> Audience:
        """Whom it is for."""
        return Audience(**{name: getattr(self, name) for name in AUDIENCE})

    def stated(self, model: type[Stating]) -> Stating:
        """Give what it states, as the value that its provider sent."""
        return model.model_validate({name: getattr(self, name) for name in model.model_fields})

    @property
    def open(self) -> bool:
        """Whether it takes anybody new."""
        return self.status == OfferingStatus.PUBLISHED

    def stale(self, at: datetime) -> bool:
        """Say whether its capacity is not to be believed: its provider did not confirm it for
        longer than its own rule allows, or the period that it was for is over.
        """
        return self.stale_at <= at

    def drafted(self) -> OfferingDrafted:
        """Say that it is being written."""
        return OfferingDrafted(**self._state())

    def must_be_of(self, organisation: str) -> None:
        """Raise `NotTheProvider` for any organisation but the one that gives the service."""
        if organisation != self.organisation:
            raise NotTheProvider

    def step(self, step: OfferingStep, at: datetime) -> OfferingFact:
        """Publish, pause, resume or end it. Raises `IllegalStep`, which names the legal ones."""
        self.status = LIFECYCLE.take(self.status, step, OfferingRole.PROVIDER).status
        self.changed_at = at
        return self._told(step)

    def change(self, service: Service, at: datetime) -> OfferingFact:
        """Say otherwise of the service than before. Raises `IllegalStep`."""
        LIFECYCLE.take(self.status, OfferingStep.CHANGE, OfferingRole.PROVIDER)
        rule = self.stale_after_days
        self._state_service(service, at)
        if self.stale_after_days != rule:
            self._believe()
        return self._told(OfferingStep.CHANGE)

    def declare(self, capacity: Capacity, at: datetime) -> OfferingFact:
        """Say how many clients it takes from now on; the same again confirms it."""
        LIFECYCLE.take(self.status, OfferingStep.DECLARE, OfferingRole.PROVIDER)
        self._state_capacity(capacity, at)
        return self._told(OfferingStep.DECLARE)

    def publish_table(self, at: datetime) -> OfferingFact:
        """Say that who may get in is written in a table's next version. Raises `IllegalStep`."""
        LIFECYCLE.take(self.status, OfferingStep.CHANGE, OfferingRole.PROVIDER)
        self.eligibility_version = (self.eligibility_version or 0) + 1
        self.changed_at = at
        drafting = self.status == OfferingStatus.DRAFT
        return self.drafted() if drafting else EligibilityPublished(**self._state())

    def pass_to(self, organisation: str, at: datetime) -> OfferingFact:
        """Let another organisation provide it from now on. Raises `IllegalStep`."""
        LIFECYCLE.take(self.status, OfferingStep.CHANGE, OfferingRole.PROVIDER)
        self.organisation, self.changed_at = organisation, at
        drafting = self.status == OfferingStatus.DRAFT
        return self.drafted() if drafting else OfferingPassed(**self._state())

    def go_stale(self) -> CapacityWentStale:
        """Tell its provider that nobody has confirmed its capacity, until that is declared anew."""
        self.stale_told = True
        return CapacityWentStale(**self._state())

    def _told(self, step: OfferingStep) -> OfferingFact:
        if self.status == OfferingStatus.DRAFT:
            return self.drafted()
        return AFTER[step](**self._state())

    def _state_service(self, service: Service, at: datetime) -> None:
        for name in Service.model_fields:
            if name != "audience":
                setattr(self, name, getattr(service, name))
        for name in AUDIENCE:
            setattr(self, name, getattr(service.audience, name))
        self.changed_at = at

    def _state_capacity(self, capacity: Capacity, at: datetime) -> None:
        for name in Capacity.model_fields:
            setattr(self, name, getattr(capacity, name))
        self.confirmed_at = at
        self._believe()
        self.changed_at = at

    def _believe(self) -> None:
        """Note until when the capacity is believed, and that this has not been told of."""
        confirmed = self.confirmed_at or self.changed_at
        ends = [confirmed + timedelta(days=self.stale_after_days)]
        if self.capacity_period is not None:
            ends.append(clock.end_of(self.capacity_period.ends))
        self.stale_at, self.stale_told = min(ends), False

    def _state(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in OfferingFact.model_fields}
