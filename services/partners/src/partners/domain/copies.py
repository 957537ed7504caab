"""Copies of others' truth: made by reactions, read by queries."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.tables import Table


class SeatsCopy(Table):
    """How many seats of an offering are taken, as referrals told."""

    __tablename__ = "seats_copy"

    offering: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    taken: Mapped[int] = mapped_column(Integer)
    held: Mapped[int] = mapped_column(Integer)
    as_of: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SeatsTakenCopy(Table):
    """How many seats of an offering were taken in a month (2020-01, in Finland)."""

    __tablename__ = "seats_taken_copy"

    offering: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[str] = mapped_column(Text, primary_key=True)
    taken: Mapped[int] = mapped_column(Integer)
