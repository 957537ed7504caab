"""Each wall holds alone; without both, the leak test fails: it is no wall itself."""

import pytest
from kit.embedded import Cluster

from .cast import FORMER, OUTSIDE, RECIPIENT
from .twins import Twins
from .walls import SCOPING, forget, no_policies

WHO = (RECIPIENT, FORMER, OUTSIDE)


async def test_policies_hold_where_the_application_forgot_to_ask(
    pair: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    if pair.name not in SCOPING:  # nothing there is of a client
        return
    for place in SCOPING[pair.name]:
        forget(monkeypatch, place)
    found = await pair.differences([*pair.plain(pair.reads), *pair.plain(pair.writes)], *WHO)
    assert not found, "\n".join(found)


async def test_the_application_asks_where_there_are_no_policies(
    pair: Twins, cluster: Cluster
) -> None:
    if pair.name not in SCOPING:
        return
    async with no_policies(cluster, pair):
        found = await pair.differences([*pair.plain(pair.reads), *pair.plain(pair.writes)], *WHO)
    assert not found, "\n".join(found)


async def test_without_both_the_leak_is_found(pair: Twins, cluster: Cluster) -> None:
    async with no_policies(cluster, pair):
        for place in SCOPING.get(pair.name, {}):
            with pytest.MonkeyPatch.context() as patch:
                forget(patch, place)
                assert await pair.differences(pair.plain(pair.reads), OUTSIDE), place
