"""Each service in turn, with and without what is others'."""

from collections.abc import AsyncIterator

import pytest
from kit.embedded import Cluster
from kumppani.estate import SERVICES

from .twins import Twins, twins


@pytest.fixture(params=SERVICES, scope="session")
async def pair(
    request: pytest.FixtureRequest, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Twins]:
    """Run each service twice, for all tests."""
    async with twins(cluster, tmp_path_factory.mktemp("leaks"), request.param) as running:
        yield running
