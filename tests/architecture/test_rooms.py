"""Every service has the same rooms, and its migrations make what its models say."""

import asyncio
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import pytest
from kit.embedded import Cluster
from kit.migrate import drift, upgrade
from kumppani.estate import SERVICES

ROOT = Path(__file__).parents[2]

ROOMS = (
    "__main__.py", "app.py", "settings.py", "api/routes.py", "api/views.py", "api/problems.py",
    "commands", "domain/events.py", "domain/errors.py", "domain/models.py", "migrations", "queries",
    "reactions",
)  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("room", ROOMS)
def test_a_service_has_the_rooms_of_all(service: str, room: str) -> None:
    assert (ROOT / "services" / service / "src" / service / room).exists()
    assert (ROOT / "services" / service / "README.md").exists()


@pytest.mark.parametrize("service", SERVICES)
async def test_migrations_make_what_the_models_say(service: str, cluster: Cluster) -> None:
    name = f"drift{uuid4().hex[:8]}"
    urls = await asyncio.to_thread(cluster.provision, name)
    await upgrade(service, urls.owner)
    models = import_module(f"{service}.domain.models")
    assert await drift(urls.owner, models.metadata) == []
    await asyncio.to_thread(cluster.drop, name)
