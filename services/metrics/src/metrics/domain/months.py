"""Periods: calendar months, and the years and quarters that are made of them."""

import re
from datetime import datetime
from typing import Final, NamedTuple

from kit.clock import HELSINKI

MONTH: Final = re.compile(r"(\d{4})(?:-|M)(0[1-9]|1[0-2])")
QUARTER: Final = re.compile(r"(\d{4})-?Q([1-4])")
YEAR: Final = re.compile(r"\d{4}")


class NotAPeriod(ValueError):
    """A text names no month, quarter or year."""


class Month(NamedTuple):
    """A calendar month in Finland; written `2019-08`."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def ordinal(self) -> int:
        """The number of months since the year 0: what a line is drawn along."""
        return self.year * 12 + self.month - 1

    def next(self) -> "Month":
        """Give the month after this one."""
        return month_at(self.ordinal + 1)


class Span(NamedTuple):
    """From the first month to the last, both included."""

    first: Month
    last: Month

    def has(self, month: Month) -> bool:
        """Say whether a month lies within."""
        return self.first <= month <= self.last


ALWAYS: Final = Span(Month(1, 1), Month(9999, 12))


def month_at(ordinal: int) -> Month:
    """Give the month that has an ordinal; the inverse of `Month.ordinal`."""
    return Month(ordinal // 12, ordinal % 12 + 1)


def month_of(moment: datetime) -> Month:
    """Give the month in which a moment falls, by the clock in Finland."""
    local = moment.astimezone(HELSINKI)
    return Month(local.year, local.month)


def span_of(period: str) -> Span:
    """Read `2019-08` or `2019M08`, `2019Q3` or `2019-Q3`, `2019`; raises `NotAPeriod`."""
    if month := MONTH.fullmatch(period):
        only = Month(int(month[1]), int(month[2]))
        return Span(only, only)
    if quarter := QUARTER.fullmatch(period):
        last = int(quarter[2]) * 3
        return Span(Month(int(quarter[1]), last - 2), Month(int(quarter[1]), last))
    if YEAR.fullmatch(period):
        return Span(Month(int(period), 1), Month(int(period), 12))
    raise NotAPeriod("A period is a month (2019-08), a quarter (2019-Q3) or a year (2019).")
