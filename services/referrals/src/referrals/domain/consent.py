"""A client's consent: to what, to whom, for what; given how and when; withdrawn when.

Consent is for a voluntary disclosure; an authority's own processing rests on statute
(`domain/statutes.py`). Nothing of the person stands here: codes and times only.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kit.aggregates import Aggregate
from kit.database import Transaction
from sqlalchemy import (
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain import consent_events as events
from referrals.domain.basis import Asked, Lack
from referrals.domain.codes import Manner
from referrals.domain.errors import AlreadyWithdrawn
from referrals.domain.handover_events import ConsentPassed
from referrals.domain.merge import all_records_of
from referrals.domain.tables import Table


class Consent(Aggregate, Table):
    """What a client lets an organisation tell others."""

    __tablename__ = "consent"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "organisation"],
            ["client.id", "client.organisation"],
            onupdate="CASCADE",
        ),
        UniqueConstraint("id", "organisation"),  # what rests on it is of the same organisation
        Index(None, "client_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    client_id: Mapped[UUID]
    organisation: Mapped[str] = mapped_column(Text)  # whose client it is
    classes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    recipients: Mapped[list[str]] = mapped_column(ARRAY(Text))
    purposes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    manner: Mapped[Manner] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    officer: Mapped[str] = mapped_column(Text)  # who recorded it
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    valid_until: Mapped[date | None] = mapped_column(Date)
    withdrawn_manner: Mapped[Manner | None] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    withdrawn_officer: Mapped[str | None] = mapped_column(Text)

    @property
    def subject(self) -> str:
        """The consent's name on the bus."""
        return f"consents/{self.id}"

    def lacks(self, asked: Asked) -> list[Lack]:
        """Say what it does not cover of what is asked; its last day is included."""
        lacking = {
            Lack.WITHDRAWN: self.withdrawn_at is not None,
            Lack.EXPIRED: self.valid_until is not None and self.valid_until < asked.on,
            Lack.RECIPIENT: asked.recipient not in self.recipients,
            Lack.PURPOSE: asked.purpose not in self.purposes,
            Lack.DATA_CLASS: asked.data_class not in self.classes,
        }
        return [lack for lack, holds in lacking.items() if holds]

    def gave(self) -> events.ConsentGiven:
        """Say that it was given."""
        return events.ConsentGiven(**self._common(), **self._scope())

    def pass_to(self, receiver: str, handover_id: UUID) -> ConsentPassed:
        """Go with the client to the successor: what the client said stays as it was said."""
        giver, self.organisation = self.organisation, receiver
        about = {"giver": giver, "handover_id": handover_id}
        return ConsentPassed(**self._common(), **self._scope(), **about)

    def withdraw(self, manner: Manner, officer: str, at: datetime) -> events.ConsentTakenBack:
        """Let it hold no more, at once. Raises `AlreadyWithdrawn`."""
        if self.withdrawn_at is not None:
            raise AlreadyWithdrawn
        self.withdrawn_manner, self.withdrawn_officer, self.withdrawn_at = manner, officer, at
        return events.ConsentTakenBack(**self._common(), manner=manner)

    def _scope(self) -> dict[str, Any]:
        names = ("recipients", "purposes", "classes", "manner", "valid_until")
        return {name: getattr(self, name) for name in names}

    def _common(self) -> dict[str, Any]:
        return {
            "consent_id": self.id,
            "client_id": self.client_id,
            "organisation": self.organisation,
        }


async def consents_of(tx: Transaction, client_id: UUID) -> Sequence[Consent]:
    """Read a person's consents, oldest first, and keep them from being withdrawn meanwhile."""
    records = await all_records_of(tx, client_id)
    found = select(Consent).where(Consent.client_id.in_(records)).order_by(Consent.id)
    return (await tx.scalars(found.with_for_update(read=True))).all()
