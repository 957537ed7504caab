"""What is logged while a test runs."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from kit import journal


@contextmanager
def overheard() -> Iterator[io.StringIO]:
    """Let all that is logged go to a stream, and nowhere else."""
    stream, root = io.StringIO(), logging.root
    before = structlog.get_config(), root.handlers[:], root.level
    journal.configure(stream)
    try:
        yield stream
    finally:
        structlog.configure(**before[0])
        root.handlers[:], root.level = before[1:]
        logging.captureWarnings(False)
