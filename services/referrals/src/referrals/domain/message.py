"""Messages between the two ends, with attachments, under the client's own key."""

from datetime import datetime
from uuid import UUID

from kit.vault import Place
from sqlalchemy import (
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.tables import Table


class Message(Table):
    """What one end wrote to the other; read at the time that the other end's officer marked it."""

    __tablename__ = "message"
    __table_args__ = (
        Index(None, "referral_id", "id"),
        UniqueConstraint("id", "referral_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    organisation: Mapped[str] = mapped_column(Text)
    officer: Mapped[str] = mapped_column(Text)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    read_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @property
    def place(self) -> Place:
        """Say where its text stands: elsewhere the ciphertext does not open."""
        return Place(self.__tablename__, "text_sealed", self.id)


class Content(Table):
    """A file's content, once for each referral however often it is sent."""

    __tablename__ = "content"

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    sha256: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def place(self) -> Place:
        """Say where it stands."""
        return Place(
            f"{self.__tablename__}/{self.sha256.hex()}", "content_sealed", self.referral_id
        )


class Attachment(Table):
    """A file that came with a message: its name and type, and which content it has."""

    __tablename__ = "attachment"
    __table_args__ = (
        ForeignKeyConstraint(["message_id", "referral_id"], ["message.id", "message.referral_id"]),
        ForeignKeyConstraint(["referral_id", "sha256"], ["content.referral_id", "content.sha256"]),
        Index(None, "message_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID]
    referral_id: Mapped[UUID] = mapped_column()
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    type: Mapped[str] = mapped_column(Text)

    @property
    def place(self) -> Place:
        """Say where its name stands."""
        return Place(self.__tablename__, "name_sealed", self.id)
