"""Fixtures for every member's tests, loaded by the workspace's pytest settings."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from kit import journal
from kit.embedded import Cluster
from kit.testing.passing import Passing, passing

MEMORY = Path("/dev/shm")  # noqa: S108 (mkdtemp makes a folder of its own in it)
ROOM = 2 * 2**30  # bytes; containers often have 64 MiB of it only


def fastest() -> Path | None:
    """Give where files cost no disk, if there is room; making a database makes 400 of them."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        return MEMORY
    return None


@pytest.fixture(scope="session", autouse=True)
def plainly() -> None:
    """Log an exception as services do: its values, drawn in a terminal, would cost seconds."""
    structlog.configure(processors=[journal.explained, structlog.dev.ConsoleRenderer(colors=False)])


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Start a PostgreSQL for the session, in a folder that goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="kumppani-", dir=fastest()))
    running = Cluster.start(folder, durable=False)
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def time() -> Iterator[Passing]:
    """Let time pass in a test, and in no other."""
    with passing() as hand:
        yield hand
