"""Copies of others' truth: made by reactions, read by commands."""

from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from assessments.domain.tables import Table


class ClientCopy(Table):
    """A client relationship, as referrals told of it. It begins once, and may pass to a
    successor.
    """

    __tablename__ = "client_copy"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
