"""A database that goes away is 503 with a time to try again, and service begins where it comes."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.embedded import Cluster
from kit.issuer import DevelopmentIssuer
from kit.migrate import upgrade
from kit.testing import Harness
from kit.testing.harness import AUDIENCE, ISSUER, keys_only, make_settings
from vacancies.app import make_app
from vacancies.settings import Settings


@pytest.fixture
async def owned() -> AsyncIterator[Cluster]:
    """Start a cluster that may be stopped."""
    folder = Path(tempfile.mkdtemp(prefix="kumppani-"))
    cluster = await asyncio.to_thread(Cluster.start, folder, durable=False)
    yield cluster
    await asyncio.to_thread(cluster.stop)
    shutil.rmtree(folder, ignore_errors=True)


async def test_while_the_database_is_away_the_answer_is_503_and_then_as_before(
    owned: Cluster, tmp_path: Path
) -> None:
    urls = await asyncio.to_thread(owned.provision, "vacancies")
    await upgrade("vacancies", urls.owner)
    issuer = DevelopmentIssuer.at(tmp_path / "key.json", ISSUER, AUDIENCE)
    settings = make_settings(Settings, "vacancies", urls)
    service = Harness(make_app(settings, http=keys_only(issuer), work=False), issuer)
    te, operator = service.caller("te-pohjois-pohjanmaa"), service.anyone()
    try:
        assert (await te.get("/vacancies")).status_code == 200
        for _ in range(2):
            await asyncio.to_thread(owned.stop)
            for _ in range(2):  # once on a connection that broke, once on none
                refused = await te.get("/vacancies")
                assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
                assert refused.json()["type"].endswith("/problems/unavailable")
            assert (await operator.get("/-/ready")).status_code == 503
            assert (await operator.get("/-/live")).status_code == 200
            await asyncio.to_thread(Cluster.start, owned.data.parent)
            assert (await te.get("/vacancies")).status_code == 200
            assert (await operator.get("/-/ready")).status_code == 200
    finally:
        await service.close()
