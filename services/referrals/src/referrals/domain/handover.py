"""A handover: what passes from one organisation to the successor in its task, and how far it is."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kit.aggregates import Aggregate
from sqlalchemy import DateTime, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain import handover_events as events
from referrals.domain.errors import AlreadyBegun
from referrals.domain.tables import Table


class HandoverStatus(StrEnum):
    """How far it is."""

    PLANNED = "planned"
    BEGUN = "begun"
    FINISHED = "finished"


class ItemKind(StrEnum):
    """What passes; clients come first, and their own referrals with them."""

    CLIENT = "client"
    REFERRAL = "referral"


class Stays(StrEnum):
    """Why something does not pass."""

    ANOTHER_LAW = "another_law"
    OFFERING_NOT_PASSED = "offering_not_passed"
    SEVERAL_SUCCESSORS = "several_successors"
    GONE = "gone"


class Remark(StrEnum):
    """What the successor has to do about what passed."""

    CONSENT_TO_ASK_ANEW = "consent_to_ask_anew"
    TO_BE_MERGED = "to_be_merged"


class Handover(Aggregate, Table):
    """Planned, looked at, begun; then a worker carries it out, and it is finished."""

    __tablename__ = "handover"
    __table_args__ = (Index("handover_begun_idx", "id", postgresql_where=text("status = 'begun'")),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    giver: Mapped[str] = mapped_column(Text)
    receiver: Mapped[str] = mapped_column(Text)
    task: Mapped[str] = mapped_column(Text)
    status: Mapped[HandoverStatus] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)  # whose administrator commanded it
    officer: Mapped[str] = mapped_column(Text)
    clients: Mapped[int] = mapped_column(Integer)  # to pass; once it is finished, that passed
    referrals: Mapped[int] = mapped_column(Integer)  # where the giver is the recipient, likewise
    planned_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    begun_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @property
    def subject(self) -> str:
        """The handover's name on the bus."""
        return f"handovers/{self.id}"

    def planned(self) -> events.HandoverPlanned:
        """Say that it was planned."""
        return events.HandoverPlanned.model_validate(self._state())

    def begin(self, organisation: str, officer: str, at: datetime) -> events.HandoverBegun:
        """Let it be carried out. Raises `AlreadyBegun`."""
        if self.status != HandoverStatus.PLANNED:
            raise AlreadyBegun
        self.status, self.begun_at = HandoverStatus.BEGUN, at
        self.organisation, self.officer = organisation, officer
        return events.HandoverBegun.model_validate(self._state())

    def finish(self, at: datetime, clients: int, referrals: int) -> events.HandoverFinished:
        """Say that all has passed that could, and how much that was."""
        self.status, self.finished_at = HandoverStatus.FINISHED, at
        self.clients, self.referrals = clients, referrals
        return events.HandoverFinished.model_validate(self._state())

    def _state(self) -> dict[str, object]:
        names = ("giver", "receiver", "task", "clients", "referrals")
        return {"handover_id": self.id} | {name: getattr(self, name) for name in names}


class HandoverItem(Table):
    """A client, or a referral that the giver received: passed at `moved_at`, or why it stays."""

    __tablename__ = "handover_item"
    __table_args__ = (
        Index(
            "handover_item_open_idx", "handover_id", "kind",
            postgresql_where=text("moved_at IS NULL AND why IS NULL"),
        ),
    )  # fmt: skip

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"), primary_key=True)
    item: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[ItemKind] = mapped_column(Text)
    why: Mapped[Stays | None] = mapped_column(Text)
    remark: Mapped[Remark | None] = mapped_column(Text)
    moved_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
