"""How far each reader is, moved by compare-and-set: of two that believe they lead, one moves it."""

from sqlalchemy import text

from kit.database import Transaction

GET = text("SELECT place FROM place WHERE consumer = :consumer AND stream = :stream")
FIRST = text("""
    INSERT INTO place (consumer, stream, place) VALUES (:consumer, :stream, :new)
    ON CONFLICT DO NOTHING
""")
MOVE = text("""
    UPDATE place SET place = :new
    WHERE consumer = :consumer AND stream = :stream AND place = :old
""")

HOLD = text("LOCK TABLE place IN EXCLUSIVE MODE")


class PlaceMoved(Exception):
    """Another process has read on from here; this batch is its."""


async def place_of(tx: Transaction, consumer: str, stream: str) -> str | None:
    """Give how far a stream has been read; nothing means from the beginning."""
    found: str | None = await tx.scalar(GET, {"consumer": consumer, "stream": stream})
    return found


async def move_place(
    tx: Transaction, consumer: str, stream: str, old: str | None, new: str
) -> None:
    """Move on from `old`. Raises `PlaceMoved` where that is no longer the place."""
    named = {"consumer": consumer, "stream": stream, "old": old, "new": new}
    moved = await tx.execute(FIRST if old is None else MOVE, named)
    if moved.rowcount != 1:  # type: ignore[attr-defined] # a cursor's result has it
        raise PlaceMoved(stream)


async def hold_places(tx: Transaction) -> None:
    """Let no reader of this database move on until this transaction ends.

    To be done first by whoever touches what readers write (marks, letters, projections): a batch
    under way is waited for, and what it put aside is seen.
    """
    await tx.execute(HOLD)
