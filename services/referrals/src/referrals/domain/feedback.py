"""What a client says of a service: whether it helped, and in own words, closed by the own key.

An anonymous client can give it as any other: it asks for no identity.
"""

from datetime import datetime
from uuid import UUID

from kit.vault import Place
from sqlalchemy import DateTime, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.codes import Helped
from referrals.domain.tables import Table


class Feedback(Table):
    """The client's word on a referral, once; `organisation` and `officer` wrote it down."""

    __tablename__ = "feedback"

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    officer: Mapped[str] = mapped_column(Text)
    helped: Mapped[Helped] = mapped_column(Text)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @property
    def place(self) -> Place:
        """Say where its text stands: elsewhere the ciphertext does not open."""
        return Place(self.__tablename__, "text_sealed", self.referral_id)
