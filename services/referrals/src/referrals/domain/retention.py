"""How long what is kept of whom, by which law: data (`retention.csv`), and not code.

A period that is not `confirmed` is a default, which the controller has to confirm.
"""

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Literal
from uuid import UUID

from kit.aggregates import Aggregate
from sqlalchemy import CheckConstraint, DateTime, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.retention_events import RetentionPurged
from referrals.domain.tables import Table

CountedFrom = Literal[
    "last_event", "referral_closed", "answer_given", "with_client_record", "never"
]


@dataclass(frozen=True)
class Period:
    """A class of data: where it is, how long it is kept, since when, and by which law.

    Neither years nor days: it goes with another class, or stays, as `counted_from` says. What is
    `required` by law is not erased earlier on request (Regulation (EU) 2016/679, art. 17(3)(b)).
    """

    data: str
    service: str
    years: int | None
    days: int | None
    counted_from: CountedFrom
    required: bool
    law: str
    section: str | None
    confirmed: bool


@cache
def periods() -> tuple[Period, ...]:
    """Read the table."""
    file = resources.files("referrals.domain") / "retention.csv"
    return tuple(map(period, csv.DictReader(file.read_text("utf-8").splitlines())))


def period(row: dict[str, str]) -> Period:
    """Read a row of the table."""
    read: dict[str, Any] = {name: value or None for name, value in row.items()}
    for number in ("years", "days"):
        read[number] = int(row[number]) if row[number] else None
    for truth in ("required", "confirmed"):
        read[truth] = {"yes": True, "no": False}[row[truth]]
    return Period(**read)


def period_of(data: str) -> Period:
    """Give the period of a class of data."""
    return next(period for period in periods() if period.data == data)


def years_of(data: str) -> int:
    """Give the years of a class of data that is kept for years."""
    years = period_of(data).years
    if years is None:
        raise ValueError(f"{data} is not kept for years")
    return years


class Purge(Aggregate, Table):
    """What was purged of one organisation's at a look."""

    __tablename__ = "purge"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(Text, index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    clients: Mapped[int] = mapped_column(Integer)
    messages: Mapped[int] = mapped_column(Integer)

    @property
    def subject(self) -> str:
        """The purge's name on the bus."""
        return f"retention/{self.id}"

    def purged(self) -> RetentionPurged:
        """Say how much was purged, by class of data."""
        counts = {"client_record": self.clients, "messages": self.messages}
        return RetentionPurged(
            purge_id=self.id,
            organisation=self.organisation,
            purged={data: count for data, count in counts.items() if count},
        )


class RetentionLook(Table):
    """When it was last looked for what is over: one row."""

    __tablename__ = "retention_look"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
