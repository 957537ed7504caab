"""Fixtures for every member's tests, loaded by the workspace's pytest settings."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.embedded import Cluster
from kit.testing.passing import Passing, passing


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Start a PostgreSQL for the session, in a folder that goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="kumppani-"))
    running = Cluster.start(folder, durable=False)
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def time() -> Iterator[Passing]:
    """Let time pass in a test, and in no other."""
    with passing() as hand:
        yield hand
