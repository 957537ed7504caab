"""Terms in days, and in working days of Finland: not Saturdays, Sundays or public holidays."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from holidays import HolidayBase, country_holidays

from kit.clock import HELSINKI, day_of

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """A number of days (0 or more), working days or any; it ends with its last day, in Finland."""

    days: int
    working: bool = True

    def ends(self, begun: datetime) -> datetime:
        """Give the instant at which a term that began then is over: the day of its beginning is
        not counted, and its last day is.
        """
        last = day_of(begun)
        if self.working:
            last = after_working_days(last, self.days)
        else:
            last += self.days * DAY
        return datetime.combine(last + DAY, time(), HELSINKI)


@cache
def calendar() -> HolidayBase:
    """Give the public holidays of Finland; a year is worked out when it is first asked for."""
    return country_holidays("FI")


def is_working_day(day: date) -> bool:
    """Say whether offices are open."""
    return day.weekday() < 5 and day not in calendar()


def after_working_days(day: date, count: int) -> date:
    """Give the working day that is so many working days after a day."""
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day
