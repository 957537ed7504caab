"""The service on a database of its own, with the Oulu agreement heard."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import harness


@pytest.fixture
async def referrals(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Harness]:
    """Run the service."""
    async with harness(cluster, tmp_path, "referrals") as running:
        yield running
