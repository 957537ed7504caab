"""A hold: a seat that is promised outside (a walk-in, another system), until it runs out."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.tables import Table


class Hold(Table):
    """A seat that is held. How many there are the ledger says, in the same transaction."""

    __tablename__ = "hold"
    __table_args__ = (
        Index(None, "offering", "id"),
        Index("hold_expires_at_idx", "expires_at", postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    offering: Mapped[str] = mapped_column(ForeignKey("seats.offering"))
    officer: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
