"""The service on a database of its own, with one client of the employment office heard."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import harness

pytest_plugins = ["kit.testing.fixtures"]


@pytest.fixture
async def assessments(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Harness]:
    """Run the service."""
    async with harness(cluster, tmp_path, "assessments") as running:
        yield running
