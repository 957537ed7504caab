"""A real Apache Kafka for the session, and an estate on each transport."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from kit.embedded import Cluster
from kumppani.broker import BrokerError, kafka

from .estate import Estate, an_estate


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


@pytest.fixture(params=["feed", "kafka"])
def transport(request: pytest.FixtureRequest) -> str:
    """Run the test on each transport: give Kafka's address, or nothing for the feed."""
    return request.getfixturevalue("servers") if request.param == "kafka" else ""


@pytest.fixture
async def estate(cluster: Cluster, tmp_path: Path, transport: str) -> AsyncIterator[Estate]:
    """Make an estate on this transport."""
    async with an_estate(cluster, tmp_path, transport) as made:
        yield made
