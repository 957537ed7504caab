"""An estate on each transport."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from kit.embedded import Cluster
from kumppani.broker import Broker, BrokerError

from .estate import Estate, an_estate


@pytest.fixture(params=["feed", "kafka"])
def transport(request: pytest.FixtureRequest) -> str:
    """Run the test on each transport: give Kafka's address, or nothing for the feed."""
    return request.getfixturevalue("servers") if request.param == "kafka" else ""


@pytest.fixture
async def estate(cluster: Cluster, tmp_path: Path, transport: str) -> AsyncIterator[Estate]:
    """Make an estate on this transport."""
    async with an_estate(cluster, tmp_path, transport) as made:
        yield made


@pytest.fixture
async def kafka_estate(cluster: Cluster, tmp_path: Path, servers: str) -> AsyncIterator[Estate]:
    """Make an estate on Kafka, for what only Kafka can do to it."""
    async with an_estate(cluster, tmp_path, servers) as made:
        yield made


@pytest.fixture
async def feed_estate(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Estate]:
    """Make an estate on the feed, for what no transport has a part in."""
    async with an_estate(cluster, tmp_path, "") as made:
        yield made


@pytest.fixture(scope="module")
def broker() -> Iterator[Broker]:
    """Start a broker of the module's own, which may be stopped and emptied; as `servers` else."""
    folder = Path(tempfile.mkdtemp(prefix="kafka-"))
    own = Broker(folder)
    try:
        own.start()
        yield own
    except BrokerError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"NO KAFKA, its tests are skipped: {error}")
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)
