"""One leads, others stand by: a session lock in the database, gone with its connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kit.database import Database

STANDBY_SECONDS = 1.0

TRY_LOCK = text("SELECT pg_try_advisory_lock(:key)")


@asynccontextmanager
async def leading(database: Database, role: str) -> AsyncIterator[AsyncConnection]:
    """Stand by until this process leads in a role; lead while the body runs.

    A leader whose connection died may believe in itself a little longer: what leaders do must
    therefore be safe to do twice at once (a tick's number, a place's compare-and-set).
    """
    async with database.alone() as connection:
        while not await connection.scalar(TRY_LOCK, {"key": lock_key(role)}):
            await asyncio.sleep(STANDBY_SECONDS)
        database.leads.add(role)
        try:
            yield connection
        finally:
            database.leads.discard(role)


def lock_key(*names: str) -> int:
    """Give the 64-bit key of an advisory lock."""
    digest = sha256("\x00".join(names).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
