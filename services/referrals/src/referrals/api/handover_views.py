"""What callers send and see of handovers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, Field

from referrals.api.views import Code, Sent
from referrals.domain.handover import (
    Handover,
    HandoverItem,
    HandoverStatus,
    ItemKind,
    Remark,
    Stays,
)
from referrals.domain.succession import LAWS


class NewHandover(Sent):
    """A handover to be looked at before it is begun."""

    giver: Code
    receiver: Code
    task: Annotated[
        str,
        Field(
            max_length=64,
            description="A task of partners' register; clients pass whose relationship rests on "
            f"a law of it ({', '.join(LAWS)})",
            examples=["employment_services"],
        ),
    ]
    clients: list[UUID] | None = Field(
        None,
        min_length=1,
        max_length=10_000,
        description="Who passes, where several have the task now; null: all of the task",
    )


class HandoverCount(BaseModel):
    """How many of a kind pass or stay, and how many have passed so far."""

    kind: ItemKind
    why: Stays | None = Field(description="Why these stay; null: they pass")
    remark: Remark | None
    count: int
    moved: int


class HandoverView(BaseModel):
    """A handover, and how far it is."""

    id: UUID
    giver: str
    receiver: str
    task: str
    stage: HandoverStatus
    organisation: str = Field(description="Whose administrator commanded it last")
    officer: str
    planned_at: datetime
    begun_at: datetime | None
    finished_at: datetime | None
    counts: list[HandoverCount]
    revision: int

    @classmethod
    def of(cls, handover: Handover, counts: Iterable[Mapping[str, Any]], caller: str) -> Self:
        """Show it to one of its two."""
        names = (
            "id", "giver", "receiver", "task", "organisation", "officer", "planned_at",
            "begun_at", "finished_at", "revision",
        )  # fmt: skip
        about = {name: getattr(handover, name) for name in names}
        return cls(**about, stage=handover.status, counts=summed(handover, counts, caller))


class HandoverItemView(BaseModel):
    """A client, or a referral that the giver received: passes, has passed, or stays."""

    client_id: UUID | None
    referral_id: UUID | None
    why: Stays | None = Field(description="Why it stays; null: it passes")
    remark: Remark | None = Field(
        description="That the successor knows the person already is told to the successor alone"
    )
    moved_at: datetime | None

    @classmethod
    def of(cls, item: HandoverItem, handover: Handover, caller: str) -> Self:
        """Show it to one of the two."""
        is_client = item.kind == ItemKind.CLIENT
        return cls(
            client_id=item.item if is_client else None,
            referral_id=None if is_client else item.item,
            why=item.why,
            remark=told(item.remark, handover, caller),
            moved_at=item.moved_at,
        )


def told(remark: str | None, handover: Handover, caller: str) -> Remark | None:
    """Keep from the giver whom the successor knew before."""
    if remark is None or (remark == Remark.TO_BE_MERGED and caller != handover.receiver):
        return None
    return Remark(remark)


def summed(
    handover: Handover, counts: Iterable[Mapping[str, Any]], caller: str
) -> list[HandoverCount]:
    """Add up what looks alike to the caller."""
    found: dict[tuple[Any, ...], HandoverCount] = {}
    for row in counts:
        remark = told(row["remark"], handover, caller)
        key = row["kind"], row["why"], remark
        there = found.get(key)
        found[key] = HandoverCount(
            kind=row["kind"],
            why=row["why"],
            remark=remark,
            count=row["count"] + (there.count if there else 0),
            moved=row["moved"] + (there.moved if there else 0),
        )
    return list(found.values())
