"""The whole estate for a journey, in the test's own process: there it can let time pass."""

from collections.abc import AsyncIterator
from io import StringIO

import pytest
from kit.testing.passing import passing
from kumppani.actors import assembled
from kumppani.estate import Place, gateway
from kumppani.hosting import running
from kumppani.issuers import Development
from rich.console import Console

from .test_main_job import free_port
from .town import Town


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """Run every service behind one port, with real facts between them, for one page of tests."""
    place = Place(tmp_path_factory.mktemp("journey"), free_port())
    with passing() as time:
        async with running(place, gateway, Console(file=StringIO())) as estate:
            await estate.ready()
            town = Town(await assembled(estate.http, Development(place.issuer())), time)
            await town.settle()
            yield town
