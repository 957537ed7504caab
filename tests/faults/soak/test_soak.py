"""A short soak with faulty consumers: what is wrong must be found, and only that."""

import asyncio
from pathlib import Path

import pytest
from kit.embedded import Cluster

from .program import Fault
from .soak import Soak
from .town import Plan

PLANS = (
    Plan("north", ("serve", "relay")),
    Plan("dropping", ("listen",), hears=True, fault=Fault.DROPS),
    Plan("doubling", ("listen",), hears=True, fault=Fault.DOUBLES),
    Plan("sound", ("listen",), hears=True),
)


@pytest.mark.timeout(300)
async def test_a_consumer_that_drops_or_doubles_is_found(
    cluster: Cluster, servers: str, tmp_path: Path
) -> None:
    told: list[str] = []
    soak = Soak(6, 1, tmp_path, cluster, servers, None, told.append, PLANS)
    found = await asyncio.wait_for(soak.run(), 280)
    kinds = {(finding.split(" [")[0], finding.split(": ")[1].split()[0]) for finding in found}
    assert kinds == {("unheard", "dropping"), ("heard again", "doubling")}, (found, told)
