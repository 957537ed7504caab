"""What indicators are folded into. All of it comes of facts, and a replay makes it anew."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, Float, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from metrics.domain.tables import Table


class Kind(StrEnum):
    """What moves: a count of things that happened, or a level that rises and falls."""

    LOOPS_CLOSED = "loops-closed"
    NEEDS_CONFIRMED = "needs-confirmed"
    PLACEMENTS = "placements"
    LOOPS_DISPUTED = "loops-disputed"
    NO_SHOWS = "no-shows"
    DECLINES = "declines"
    FEEDBACK = "feedback"
    WAITING = "waiting"
    SEATS_TAKEN = "seats-taken"
    SEATS_MAXIMUM = "seats-maximum"
    VACANCIES_OPEN = "vacancies-open"
    VACANCIES_FILLED = "vacancies-filled"


class Movement(Table):
    """By how much one fact moved a count or a level; the sum up to a time is the level then."""

    __tablename__ = "movement"
    __table_args__ = (Index(None, "kind", "at"),)

    kind: Mapped[Kind] = mapped_column(Text, primary_key=True)
    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    category: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    amount: Mapped[float] = mapped_column(Float)


class Care(Table):
    """Who answers for a referral's client from a fact on; none once there is nothing to do."""

    __tablename__ = "care"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    organisation: Mapped[str | None] = mapped_column(Text)


class OrganisationEnd(Table):
    """The last day of an organisation, as partners told of it last."""

    __tablename__ = "organisation_end"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    ends_on: Mapped[date | None] = mapped_column(Date)


class Course(Table):
    """A referral's way from being sent to its decision."""

    __tablename__ = "course"

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), index=True)
    accepted: Mapped[bool | None]
