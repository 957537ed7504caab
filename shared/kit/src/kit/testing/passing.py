"""Time that passes in a test, for all services of its process at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

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
