"""Handovers to a successor: parse, call, return."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from kit.database import Transaction as Tx
from kit.database import on_behalf_of
from kit.documents import refuses
from kit.edge import ETag, Expected, Officer, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing

from referrals.api.callers import ReadingAdministrator, WritingAdministrator
from referrals.api.handover_views import HandoverItemView, HandoverView, NewHandover
from referrals.api.logged import LoggedRoute, documents, shown
from referrals.commands.begin_handover import BeginHandover, begin_handover
from referrals.commands.plan_handover import PlanHandover, plan_handover
from referrals.domain.disclosures import log_clients, log_referrals
from referrals.domain.errors import (
    AlreadyBegun,
    ClientsNotNamed,
    NotSucceeded,
    NotYourHandover,
)
from referrals.domain.handover import Handover, HandoverItem
from referrals.queries.handovers import counted, handover_of, handovers_of, items_in


class HandoverRoute(LoggedRoute):
    """A route that may name clients and referrals of two organisations."""

    async def leave(self, request: Request, answer: Response) -> None:
        """Write down whom the answer names, each in the log of the one whose it is by now.

        Raises `NotLogged`, `OutOfContact`.
        """
        handover: Handover | None = getattr(request.state, "handover", None)
        for content in documents(answer.headers, shown(answer)) if handover else ():
            assert handover is not None  # noqa: S101 (for the type checker)
            for owner, moved in ((handover.giver, False), (handover.receiver, True)):
                items = [i for i in content["items"] if (i["moved_at"] is not None) is moved]
                async with on_behalf_of(request.state.tx, owner):
                    await self.log(request, items)

    async def log(self, request: Request, items: list[dict[str, Any]]) -> None:
        """Write down that these were named."""
        about = self.about(request) | {"classes": ["situation"]}
        for field, log in (("client_id", log_clients), ("referral_id", log_referrals)):
            await log(request.state.tx, {UUID(i[field]): about for i in items if i[field]})


router = APIRouter(route_class=HandoverRoute, tags=["handovers"])


@router.post("/handovers", status_code=201)
@refuses(Missing, NotYourHandover, NotSucceeded, ClientsNotNamed)
async def planned(
    body: NewHandover, caller: WritingAdministrator, officer: Officer, tx: Transaction, etag: ETag
) -> HandoverView:
    """Plan what passes to the successor in a task: nothing does before it is begun.

    The giver's administrator plans and begins it or, once the giver has ended, the receiver's.
    """
    command = PlanHandover(
        body.giver, body.receiver, body.task, caller.organisation, officer, body.clients
    )
    return etag(await seen(tx, await plan_handover(tx, command), caller.organisation))


@router.get("/handovers")
async def handovers(
    caller: ReadingAdministrator, tx: Transaction, page: Page
) -> Listing[HandoverView]:
    """List the handovers in which one's organisation gives or receives."""
    rows, after = await page.read(tx, handovers_of(caller.organisation), Handover.id)
    items = [await seen(tx, row[0], caller.organisation) for row in rows]
    return Listing(items=items, next=after)


@router.get("/handovers/{handover_id}")
@refuses(Missing)
async def handover(
    handover_id: UUID, caller: ReadingAdministrator, tx: Transaction
) -> HandoverView:
    """Show a handover, and how far it is."""
    found = await handover_of(tx, handover_id, caller.organisation)
    return await seen(tx, found, caller.organisation)


@router.get("/handovers/{handover_id}/items")
@refuses(Missing)
async def items(
    request: Request, handover_id: UUID, caller: ReadingAdministrator, tx: Transaction, page: Page
) -> Listing[HandoverItemView]:
    """List what passes, what has passed, and what stays and why."""
    found = await handover_of(tx, handover_id, caller.organisation)
    rows, after = await page.read(tx, items_in(found), HandoverItem.item)
    request.state.handover = found
    views = [HandoverItemView.of(row[0], found, caller.organisation) for row in rows]
    return Listing(items=views, next=after)


@router.post("/handovers/{handover_id}/beginning")
@refuses(Missing, NotYourHandover, NotSucceeded, AlreadyBegun)
async def begun(
    handover_id: UUID,
    caller: WritingAdministrator,
    officer: Officer,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> HandoverView:
    """Begin a handover that was planned; it is carried out one client after another."""
    command = BeginHandover(handover_id, caller.organisation, officer, expected)
    return etag(await seen(tx, await begin_handover(tx, command), caller.organisation))


async def seen(tx: Tx, found: Handover, caller: str) -> HandoverView:
    """Show a handover to one of its two."""
    return HandoverView.of(found, await counted(tx, found), caller)
