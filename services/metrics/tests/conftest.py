"""The service on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import harness


@pytest.fixture
async def metrics(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Harness]:
    """Run the service."""
    async with harness(cluster, tmp_path, "metrics") as running:
        yield running
