"""A real Apache Kafka for the session."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from kumppani.broker import BrokerError, kafka


@pytest.fixture(scope="session")
def servers() -> Iterator[str]:
    """Give the address of a broker; without one, skip loudly, and fail in CI."""
    folder = Path(tempfile.mkdtemp(prefix="kafka-"))
    try:
        with kafka(folder) as address:
            yield address
    except BrokerError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"NO KAFKA, its tests are skipped: {error}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
