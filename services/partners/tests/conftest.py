"""The service on a database of its own, with the five organisations of Oulu registered."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import harness

STATE = "2296962-1"  # one business id, which the ELY Centre and the TE Office share

ORGANISATIONS = [
    {"code": "oulu", "kind": "city", "name": {"fi": "Oulun kaupunki"}, "municipality": "564"},
    {
        "code": "pohjois-pohjanmaa",
        "kind": "regional_council",
        "name": {"fi": "Pohjois-Pohjanmaan liitto"},
    },
    {
        "code": "ely-pohjois-pohjanmaa",
        "kind": "ely_centre",
        "name": {"fi": "Pohjois-Pohjanmaan ELY-keskus"},
        "business_id": STATE,
    },
    {
        "code": "te-pohjois-pohjanmaa",
        "kind": "te_office",
        "name": {"fi": "Pohjois-Pohjanmaan TE-toimisto"},
        "business_id": STATE,
    },
    {"code": "kela-pohjoinen", "kind": "kela", "name": {"fi": "Kela, Pohjoinen vakuutuspiiri"}},
]


@pytest.fixture
async def service(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Harness]:
    """Run the service, with nothing in it."""
    async with harness(cluster, tmp_path, "partners") as running:
        yield running


@pytest.fixture
async def partners(service: Harness) -> Harness:
    """Run the service, with five partners."""
    coordinator = service.caller("oulu", "partners:coordinate")
    for organisation in ORGANISATIONS:
        answer = await coordinator.post("/organisations", json=organisation)
        assert answer.status_code == 201, answer.text
    return service
