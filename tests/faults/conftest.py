"""An estate on each transport."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.embedded import Cluster

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
