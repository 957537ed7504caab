"""What was done to a referral: by whom, when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kit import clock
from kit.database import Transaction, hot
from sqlalchemy import BigInteger, DateTime, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.tables import Table


class HistoryEntry(Table):
    """One revision of a referral."""

    __tablename__ = "history"

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    step: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    officer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


NOTE = """
    INSERT INTO history (referral_id, revision, step, organisation, officer, at)
    VALUES ($1, $2, $3, $4, $5, $6)
"""

READ = """
    SELECT revision, step, organisation, officer, at FROM history
    WHERE referral_id = $1 ORDER BY revision
"""


async def note(
    tx: Transaction, referral_id: UUID, revision: int, step: str, organisation: str, officer: str
) -> None:
    """Write down who took a step."""
    await hot(tx, NOTE, referral_id, revision, step, organisation, officer, clock.now())


async def history_of(tx: Transaction, referral_id: UUID) -> Sequence[Mapping[str, Any]]:
    """Read what was done to a referral, from its beginning."""
    return await hot(tx, READ, referral_id)
