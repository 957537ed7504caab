"""What this service witnesses for another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from metrics.domain.tables import Table


class WitnessedHead(Table):
    """How long a client's chain of disclosures was at a time, and the hash that it ended in."""

    __tablename__ = "witnessed_head"

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    hash: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
