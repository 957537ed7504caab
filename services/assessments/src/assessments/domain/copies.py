"""Copies of others' truth: made by reactions, read by commands."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from assessments.domain.tables import Table


class ClientCopy(Table):
    """A client relationship, as referrals told of it. It begins once, may pass to a successor, and
    may be erased.
    """

    __tablename__ = "client_copy"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    erased_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    erased_ground: Mapped[str | None] = mapped_column(Text)
