"""Reading the outbox: a reader has a place, and gets the page after it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

MOST_TICKS = 1000  # a batch of more would cost more to find than to read

EPOCH = text("SELECT epoch FROM epoch")

BATCH = text("""
    SELECT max(id) AS until, min(low) AS low, max(high) AS high
    FROM tick WHERE id > :tick AND id <= :most
""")

PAGE = text("""
    SELECT position, event_id, epoch, type, subject, sequence, headers, data::text AS data,
           occurred_at
    FROM outbox
    WHERE position > :after AND position <= :high
      AND NOT pg_visible_in_snapshot(xid, (SELECT snapshot FROM tick WHERE id = :tick))
      AND pg_visible_in_snapshot(xid, (SELECT snapshot FROM tick WHERE id = :until))
      AND (CAST(:organisation AS text) IS NULL
           OR concerns IS NULL OR :organisation = ANY (concerns))
    ORDER BY position
    LIMIT :limit
""")


@dataclass(frozen=True)
class Place:
    """How far a reader is: all batches up to `tick`, and, of the batch that ends at `until`,
    all rows up to `position`. A place of another epoch than the source's means nothing.
    """

    epoch: int
    tick: int = 0
    until: int = 0
    position: int = 0


@dataclass(frozen=True)
class Told:
    """A fact as the outbox keeps it."""

    position: int
    event_id: UUID
    epoch: int
    type: str
    subject: str
    sequence: int
    headers: dict[str, str]
    data: str  # JSON
    occurred_at: datetime


async def beginning(connection: AsyncConnection | AsyncSession) -> Place:
    """Give the place before everything that was ever said."""
    return Place(epoch=(await connection.execute(EPOCH)).scalar_one())


async def page(
    connection: AsyncConnection | AsyncSession, place: Place, limit: int, organisation: str | None
) -> tuple[list[Told], Place]:
    """Read up to `limit` facts after a place, and give the place after them.

    With an organisation, only the facts that concern it. No fact and the same place: there is
    nothing newer. No fact and a further place: nothing in that batch was for the reader.
    """
    most = place.until if place.until > place.tick else place.tick + MOST_TICKS
    batch = (await connection.execute(BATCH, {"tick": place.tick, "most": most})).one()
    if batch.until is None:
        return [], place
    rows = await connection.execute(
        PAGE,
        {
            "after": max(place.position, batch.low - 1),
            "high": batch.high,
            "tick": place.tick,
            "until": batch.until,
            "organisation": organisation,
            "limit": limit,
        },
    )
    told = [Told(**row) for row in rows.mappings()]
    if len(told) < limit:
        return told, Place(place.epoch, batch.until, batch.until)
    return told, Place(place.epoch, place.tick, batch.until, told[-1].position)
