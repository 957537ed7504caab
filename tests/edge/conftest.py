"""Each service in turn, on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import harness
from kumppani.estate import SERVICES

from .calls import prepare


@pytest.fixture(params=SERVICES)
async def empty(
    request: pytest.FixtureRequest, cluster: Cluster, tmp_path: Path
) -> AsyncIterator[Harness]:
    """Run each service in turn, with nothing in it."""
    async with harness(cluster, tmp_path, request.param) as running:
        yield running


@pytest.fixture
async def service(empty: Harness) -> Harness:
    """Run each service in turn, with what valid calls stand on."""
    await prepare(empty)
    return empty
