"""The ticker: it records snapshots, and two snapshots cut a batch out of the outbox.

Batch n is every row visible in snapshot n and not in n - 1 (the way of PgQ). Nothing is lost,
since a row that commits late is simply in a later batch; the order within an aggregate holds,
since its row is locked before the outbox row is inserted; and no open transaction stalls it.
"""

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kit.database import Database
from kit.leader import leading

POLL_SECONDS = 0.05

LAST = text("""
    SELECT id, pg_snapshot_xmax(snapshot)::text AS xmax,
           ARRAY(SELECT pg_snapshot_xip(snapshot))::text AS running
    FROM tick ORDER BY id DESC LIMIT 1
""")

# The last tick's bounds come in as values, so that the planner sees how few rows are newer.
NEXT = text("""
    INSERT INTO tick (id, snapshot, low, high)
    SELECT :id, pg_current_snapshot(), fresh.low, fresh.high
    FROM (
        SELECT count(*) AS rows, min(position) AS low, max(position) AS high
        FROM outbox
        WHERE (xid >= CAST(CAST(:xmax AS text) AS xid8)
               OR xid = ANY (CAST(CAST(:running AS text) AS xid8[])))
          AND pg_visible_in_snapshot(xid, pg_current_snapshot())
    ) AS fresh
    WHERE fresh.rows > 0
    ON CONFLICT (id) DO NOTHING
    RETURNING id
""")


async def tick(connection: AsyncConnection) -> bool:
    """Record a snapshot if anything was said since the last; say whether one was recorded.

    Safe from any number of processes: the number of a tick is taken once.
    """
    last = (await connection.execute(LAST)).one()
    bounds = {"id": last.id + 1, "xmax": last.xmax, "running": last.running}
    return (await connection.execute(NEXT, bounds)).scalar() is not None


class Ticker:
    """Ticks after each commit of this process, and looks every 50 ms for those of others."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ticked = asyncio.Condition()

    async def run(self) -> None:
        """Tick for ever, as the one leader of this database."""
        async with leading(self._database, "ticker") as connection:
            while True:
                if await tick(connection):
                    async with self._ticked:
                        self._ticked.notify_all()
                await self._rest()

    async def wait(self, seconds: float) -> None:
        """Return after this process's next tick, or after some seconds."""
        try:
            async with asyncio.timeout(seconds), self._ticked:
                await self._ticked.wait()
        except TimeoutError:
            pass

    async def _rest(self) -> None:
        self._database.wake.clear()
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._database.wake.wait()
        except TimeoutError:
            pass
