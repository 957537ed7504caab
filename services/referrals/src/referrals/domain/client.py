"""A client: anonymous, or known by a personal identity code that is kept encrypted."""

from datetime import datetime
from uuid import UUID

from kit.aggregates import Aggregate
from kit.database import Transaction, hot
from sqlalchemy import DateTime, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.events import ClientRegistered
from referrals.domain.tables import Table


class Client(Aggregate, Table):
    """Somebody in a client relationship with one organisation."""

    __tablename__ = "client"
    __table_args__ = (UniqueConstraint("organisation", "identity_hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    identity_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    identity_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    registered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @property
    def subject(self) -> str:
        """The client's name on the bus."""
        return f"clients/{self.id}"

    def registered(self) -> ClientRegistered:
        """Say that the relationship began."""
        kind = "identified" if self.identity_hash else "anonymous"
        return ClientRegistered(client_id=self.id, organisation=self.organisation, kind=kind)


OWNER = "SELECT organisation FROM client WHERE id = $1"


async def is_client_of(tx: Transaction, client_id: UUID, organisation: str) -> bool:
    """Say whether somebody is a client of this organisation."""
    return [row["organisation"] for row in await hot(tx, OWNER, client_id)] == [organisation]
