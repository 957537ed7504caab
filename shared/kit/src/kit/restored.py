"""After a restore the source's history is another one than its readers heard: a new epoch begins.

Places of readers, ticks and transaction ids belong to the history that was lost. The facts that
were kept stay what they are; those that follow carry the new epoch, which readers take as going
on wherever it begins.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

OTHERS = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND usename IS NOT NULL AND pid <> pg_backend_pid()
""")

# A backup takes the epoch back with everything else, so that epoch + 1 may have been used since:
# the clock tells the new one, in seconds since 2026.
RAISE = text("""
    UPDATE epoch
    SET epoch = greatest(epoch + 1, extract(epoch FROM now() - timestamptz '2026-01-01Z')::integer)
    RETURNING epoch
""")

# A dump that is loaded into a younger cluster brings transaction ids of the future.
ADOPT = text("""
    UPDATE outbox SET xid = pg_current_xact_id()
    WHERE NOT pg_visible_in_snapshot(xid, pg_current_snapshot())
""")

FORGET_TICKS = text("DELETE FROM tick WHERE id > 0")


class InUse(Exception):
    """Somebody works in the database that was restored."""


async def begin_new_epoch(owner_url: str) -> int:
    """Begin a new epoch in a service's database that was restored; give its number.

    To be done once, before the service is started. Raises `InUse` where it has been.
    """
    engine = create_async_engine(owner_url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            return await begin(connection)
    finally:
        await engine.dispose()


async def begin(connection: AsyncConnection) -> int:
    """Begin a new epoch on a connection of the owner."""
    others = await connection.scalar(OTHERS)
    if others:
        raise InUse(f"{others} others are connected to the database: stop the service first")
    await connection.execute(ADOPT)
    await connection.execute(FORGET_TICKS)
    return int((await connection.execute(RAISE)).scalar_one())
