"""Where time is born."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """Give this instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Give the day in Finland: terms and deadlines are counted there."""
    return now().astimezone(HELSINKI).date()
