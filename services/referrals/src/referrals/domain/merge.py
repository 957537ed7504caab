"""Two records of one person in one organisation: which was merged into which, and what it took.

Nothing is moved: each record keeps its referrals, consents, key and log. The one that is kept
shows all of them, and the other points to it; so a merge can be undone to the letter.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from kit.database import Transaction, hot
from sqlalchemy import DateTime, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.errors import MergedAway
from referrals.domain.tables import Table

# What the kept record takes from the other, where it lacks it.
FILLS: Final[Sequence[str]] = ("name", "phone", "email", "address")


class ClientMerge(Table):
    """One merge, for ever; `undone_at` when it was undone."""

    __tablename__ = "client_merge"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kept", "organisation"], ["client.id", "client.organisation"], onupdate="CASCADE"
        ),
        ForeignKeyConstraint(
            ["merged", "organisation"], ["client.id", "client.organisation"], onupdate="CASCADE"
        ),
        Index(
            "client_merge_merged_key", "merged",
            unique=True, postgresql_where=text("undone_at IS NULL"),
        ),
        Index(None, "kept"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    kept: Mapped[UUID]
    merged: Mapped[UUID]
    filled: Mapped[list[str]] = mapped_column(ARRAY(Text))  # fields that the kept one lacked
    same_as_before: Mapped[UUID | None]
    officer: Mapped[str] = mapped_column(Text)
    merged_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    undone_officer: Mapped[str | None] = mapped_column(Text)
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


RECORDS: Final = """
    WITH RECURSIVE record AS (
        SELECT id, 0 AS depth FROM client WHERE id = $1
        UNION ALL
        SELECT c.id, depth + 1 FROM client c JOIN record r ON c.same_as = r.id
        WHERE c.merged_at IS NOT NULL
    )
    SELECT id FROM record ORDER BY depth, id
"""
KEPT: Final = """
    WITH RECURSIVE record AS (
        SELECT id, same_as, merged_at FROM client WHERE id = $1
        UNION ALL
        SELECT c.id, c.same_as, c.merged_at FROM client c JOIN record r ON c.id = r.same_as
        WHERE r.merged_at IS NOT NULL
    )
    SELECT id FROM record WHERE merged_at IS NULL
"""


async def records_of(tx: Transaction, client_id: UUID) -> Sequence[UUID]:
    """Give a kept record and all that were merged into it, itself first."""
    return [row["id"] for row in await hot(tx, RECORDS, client_id)]


async def kept_of(tx: Transaction, client_id: UUID) -> UUID:
    """Give the record that is kept of a person: the one that is asked about, if it is no other."""
    found = await hot(tx, KEPT, client_id)
    kept: UUID = found[0]["id"] if found else client_id
    return kept


async def must_be_kept(tx: Transaction, client_id: UUID) -> None:
    """Raises `MergedAway` where another record of the person is kept."""
    kept = await kept_of(tx, client_id)
    if kept != client_id:
        raise MergedAway(kept=str(kept))


async def all_records_of(tx: Transaction, client_id: UUID) -> Sequence[UUID]:
    """Give all records of a person, whichever of them is asked about; the kept one first."""
    return await records_of(tx, await kept_of(tx, client_id))
