"""What was done to a referral: by whom, when, why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from kit import clock
from kit.database import Transaction, hot
from kit.vault import DataKey, Place
from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.states import Role
from referrals.domain.tables import Table


class HistoryEntry(Table):
    """One revision of a referral. The note is for the two ends, in no fact, and closed; one from
    before notes were closed stands in `note` until it is closed as well.
    """

    __tablename__ = "history"
    __table_args__ = (
        Index("history_open_idx", "referral_id", postgresql_where=text("note IS NOT NULL")),
    )

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    step: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    officer: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Note(NamedTuple):
    """What somebody wrote about a client, and the client's key that closes it."""

    text: str
    key: DataKey


@dataclass(frozen=True)
class Act:
    """Who did what, and why. `role` is the client's where an officer recorded the client's word."""

    step: str
    organisation: str
    officer: str
    role: Role = Role.SENDER
    reason: str | None = None
    note: Note | None = None


NOTE = """
    INSERT INTO history
        (referral_id, revision, step, organisation, officer, role, reason, note_sealed, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

READ = """
    SELECT revision, step, organisation, officer, role, reason, note, note_sealed, at
    FROM history
    WHERE referral_id = $1 ORDER BY revision
"""


async def note(tx: Transaction, referral_id: UUID, revision: int, act: Act) -> None:
    """Write down who took a step."""
    sealed = act.note and act.note.key.close(act.note.text, place_of_note(referral_id, revision))
    who = act.step, act.organisation, act.officer, act.role, act.reason
    await hot(tx, NOTE, referral_id, revision, *who, sealed, clock.now())


def place_of_note(referral_id: UUID, revision: int) -> Place:
    """Say where a note stands: elsewhere its ciphertext does not open."""
    return Place(f"history/{revision}", "note_sealed", referral_id)


async def history_of(
    tx: Transaction, referral_id: UUID, key: DataKey | None
) -> list[dict[str, Any]]:
    """Read what was done to a referral, from its beginning; notes by the client's key.

    Raises `BrokenSeal` where somebody edited the database.
    """
    read = [dict(row) for row in await hot(tx, READ, referral_id)]
    for row in read:
        sealed = row.pop("note_sealed")
        if sealed and key:
            row["note"] = key.open(sealed, place_of_note(referral_id, row["revision"]))
    return read
