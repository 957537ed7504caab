"""Time that passes in a test, for all services of its process at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from kit import clock


class Passing:
    """The only hand on the clock: forward, and back to the true time at the end."""

    def days(self, count: float) -> None:
        """Let days of 24 hours pass; what falls due in them is due at once."""
        clock._let_pass += timedelta(days=count)


@contextmanager
def passing() -> Iterator[Passing]:
    """Let time pass while the body runs."""
    try:
        yield Passing()
    finally:
        clock._let_pass = timedelta()


def noon(days: int) -> datetime:
    """Give noon in Finland, some days from today: a day there is not 24 hours twice a year."""
    return datetime.combine(clock.today() + timedelta(days=days), time(12), clock.HELSINKI)
