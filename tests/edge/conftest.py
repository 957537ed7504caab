"""Each service in turn, on a database of its own for each page of tests."""

from collections.abc import AsyncIterator

import pytest
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import harness
from kumppani.estate import SERVICES

from .calls import prepare


@pytest.fixture(params=SERVICES, scope="module")
async def service(
    request: pytest.FixtureRequest, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    """Run each service in turn, for all tests of a page, with what valid calls stand on."""
    async with harness(cluster, tmp_path_factory.mktemp("edge"), request.param) as running:
        await prepare(running)
        yield running
