"""What was done to a referral: by whom, when, why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kit import clock
from kit.database import Transaction, hot
from sqlalchemy import BigInteger, DateTime, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.states import Role
from referrals.domain.tables import Table


class HistoryEntry(Table):
    """One revision of a referral. The note is for the two ends, and in no fact."""

    __tablename__ = "history"

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    step: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    officer: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True)
class Act:
    """Who did what, and why. `role` is the client's where an officer recorded the client's word."""

    step: str
    organisation: str
    officer: str
    role: Role = Role.SENDER
    reason: str | None = None
    note: str | None = None


NOTE = """
    INSERT INTO history
        (referral_id, revision, step, organisation, officer, role, reason, note, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

READ = """
    SELECT revision, step, organisation, officer, role, reason, note, at FROM history
    WHERE referral_id = $1 ORDER BY revision
"""


async def note(tx: Transaction, referral_id: UUID, revision: int, act: Act) -> None:
    """Write down who took a step."""
    who = act.step, act.organisation, act.officer, act.role, act.reason, act.note
    await hot(tx, NOTE, referral_id, revision, *who, clock.now())


async def history_of(tx: Transaction, referral_id: UUID) -> Sequence[Mapping[str, Any]]:
    """Read what was done to a referral, from its beginning."""
    return await hot(tx, READ, referral_id)
