"""Where time is born.

In a test it may be ahead of the true time (`kit.testing.passing`); nothing else can move it: no
setting, no request, no argument.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from kit.database import Transaction

HELSINKI = ZoneInfo("Europe/Helsinki")
CLOCK = text("SELECT clock_timestamp()")

_let_pass = timedelta()


def now() -> datetime:
    """Give this instant, in UTC."""
    return datetime.now(UTC) + _let_pass


def today() -> date:
    """Give the day in Finland: terms and deadlines are counted there."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Give the day in Finland at a moment."""
    return moment.astimezone(HELSINKI).date()


def end_of(day: date) -> datetime:
    """Give the instant at which a day is over in Finland."""
    return datetime.combine(day + timedelta(days=1), time(), HELSINKI)


async def of_database(tx: Transaction) -> datetime:
    """Give the database's instant, in UTC: one clock for all processes of a service."""
    moment: datetime = (await tx.execute(CLOCK)).scalar_one()
    return moment + _let_pass
