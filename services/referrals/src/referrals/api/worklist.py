"""Worklists: what an organisation has to do, most urgent first, and why."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from fastapi import APIRouter
from kit import clock
from kit.documents import refuses
from kit.edge import Transaction
from kit.pages import Listing, Page
from kit.problems import Missing
from pydantic import BaseModel
from sharing.codes import DataClass

from referrals.api.callers import Coordinator, Reader, Writer
from referrals.api.logged import LoggedRoute
from referrals.commands.take_off import take_off
from referrals.domain.referral import Referral
from referrals.domain.states import Phase, Status
from referrals.domain.worklist import Desk, Why, Work
from referrals.queries.worklist import coordinate, counts, worklist

router = APIRouter(route_class=LoggedRoute, tags=["worklist"])

End = Literal["sender", "recipient"]


class WorkRow(BaseModel):
    """Something to do."""

    referral_id: UUID
    why: Why
    due_at: datetime | None
    overdue: bool
    urgent: bool
    sender: str
    recipient: str | None
    offering: str | None
    need: str | None
    status: Status
    phase: Phase | None

    @classmethod
    def of(cls, work: Work, referral: Referral, at: datetime) -> Self:
        """Show a row; the client's need to the two ends only, as `domain/shown.py` lets."""
        ends = {Desk.SENDER: referral.sender, Desk.RECIPIENT: str(referral.recipient)}
        end = ends.get(work.desk)
        told = end is not None and DataClass.SITUATION in referral.shown_to(end)
        return cls(
            referral_id=referral.id,
            why=work.why,
            due_at=work.due_at,
            overdue=work.due_at is not None and work.due_at < at,
            urgent=referral.urgent,
            sender=referral.sender,
            recipient=referral.recipient,
            offering=referral.offering,
            need=referral.need if told else None,
            status=referral.status,
            phase=referral.phase,
        )


class WorkCount(BaseModel):
    """How much there is to do for one reason."""

    why: Why
    count: int
    overdue: int


async def listed(
    tx: Transaction, page: Page, desk: Desk, organisation: str, why: Why | None
) -> Listing[WorkRow]:
    """List a desk's work, most urgent first."""
    rows, after = await page.read(tx, worklist(desk, organisation, why), Work.place)
    now = clock.now()
    return Listing(items=[WorkRow.of(row[0], row[1], now) for row in rows], next=after)


@router.get("/worklist")
async def own(
    caller: Reader, tx: Transaction, page: Page, role: End = "sender", why: Why | None = None
) -> Listing[WorkRow]:
    """List what one's organisation has to do as sender or as recipient, most urgent first."""
    return await listed(tx, page, Desk(role), caller.organisation, why)


@router.get("/worklist/escalated")
async def escalated(caller: Coordinator, tx: Transaction, page: Page) -> Listing[WorkRow]:
    """List what nobody answered for long, in the agreements that one coordinates."""
    await coordinate(tx)
    return await listed(tx, page, Desk.COORDINATOR, caller.organisation, None)


@router.get("/worklist/counts")
async def counted(caller: Reader, tx: Transaction, role: End = "sender") -> Listing[WorkCount]:
    """Count it by reason, and how much is overdue."""
    found = await counts(tx, Desk(role), caller.organisation, clock.now())
    items = [WorkCount(why=row[0], count=row[1], overdue=row[2]) for row in found]
    return Listing(items=items, next=None)


@router.delete("/worklist/{referral_id}")
@refuses(Missing)
async def off(referral_id: UUID, caller: Writer, tx: Transaction) -> WorkRow:
    """Take off what came back, once its sender knows how the client goes on."""
    work, referral = await take_off(tx, referral_id, caller.organisation)
    return WorkRow.of(work, referral, clock.now())
