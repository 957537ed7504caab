"""Parse, call, return."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from kit import clock, ids
from kit.codes import known
from kit.documents import refuses
from kit.edge import ETag, Expected, Officer, Transaction
from kit.pages import Listing, Page
from kit.problems import IllegalStep, Missing, UnknownCode
from kit.tokens import Caller
from kit.vault import KeyDestroyed
from pydantic import AwareDatetime
from sharing.codes import NEEDS

from referrals.api.callers import Reader, Writer
from referrals.api.clients import Keeper
from referrals.api.exports import LINES, Lines, exported
from referrals.api.logged import LoggedRoute
from referrals.api.shown_views import ShownClient
from referrals.api.step_views import (
    ReferralRow,
    ReferralView,
    Responsibility,
    StepTaken,
    described,
)
from referrals.api.views import Address, NewReferral
from referrals.commands.address_referral import AddressReferral, address_referral
from referrals.commands.draft_referral import DraftReferral, draft_referral
from referrals.commands.reroute import Destination
from referrals.commands.take_step import TakeStep, take_step
from referrals.domain.errors import (
    FieldMissing,
    MergedAway,
    NoBasis,
    NoConsent,
    NoSeat,
    NotAddressed,
    NotADraft,
    NotFirstInLine,
    NotPermitted,
    NotYourStep,
    OfferingClosed,
    SecondPersonNeeded,
)
from referrals.domain.referral import Referral
from referrals.domain.states import Loop, Phase, Status
from referrals.queries.accountability import known_to, responsibilities
from referrals.queries.client_shown import shown_client
from referrals.queries.referrals import Box, in_box, referral_view

router = APIRouter(route_class=LoggedRoute)


@router.post("/referrals", status_code=201, tags=["referrals"])
@refuses(Missing, MergedAway, UnknownCode)
async def draft(
    body: NewReferral,
    caller: Writer,
    officer: Officer,
    tx: Transaction,
    etag: ETag,
    keeper: Keeper,
) -> ReferralView:
    """Begin a referral of one's own client."""
    need = None if body.need is None else known(body.need, NEEDS, "/body/need")
    command = DraftReferral(
        ids.new_id(),
        caller.organisation,
        officer,
        body.client_id,
        need,
        body.purpose,
        mode=body.mode,
        urgent=body.urgent,
    )
    return etag(await shown(tx, keeper, await draft_referral(tx, command), caller))


@router.get("/referrals", tags=["referrals"], response_model=Listing[ReferralRow], responses=LINES)
async def box(
    request: Request,
    caller: Reader,
    tx: Transaction,
    page: Page,
    lines: Lines,
    box: Box = "sent",
    status: Status | None = None,
    phase: Phase | None = None,
    loop: Loop | None = None,
) -> Listing[ReferralRow] | Response:
    """List what one's organisation sent, or was sent; all of it, where lines are asked for."""
    query = in_box(box, caller.organisation, status, phase, loop)
    if lines:
        return await exported(request, tx, query, page)
    rows, after = await page.read(tx, query, Referral.id)
    items = [ReferralRow.seen(row[0], caller.organisation) for row in rows]
    return Listing(items=items, next=after)


@router.get("/accountability", tags=["referrals"])
async def accountability(
    caller: Reader, tx: Transaction, page: Page, on: AwareDatetime | None = None
) -> Listing[Responsibility]:
    """List who answered for the client of each referral that one knows, at an instant or now."""
    rows, after = await page.read(tx, known_to(caller.organisation), Referral.id)
    items = await responsibilities(tx, rows, on or clock.now())
    return Listing(items=items, next=after)


@router.get("/referrals/{referral_id}", tags=["referrals"])
@refuses(Missing)
async def show(
    referral_id: UUID, caller: Reader, tx: Transaction, etag: ETag, keeper: Keeper
) -> ReferralView:
    """Show a referral, its history and what the caller may do next."""
    return etag(await referral_view(tx, keeper.vault, referral_id, caller.organisation))


@router.get("/referrals/{referral_id}/client", tags=["referrals"])
@refuses(Missing)
async def client(referral_id: UUID, caller: Reader, tx: Transaction, keeper: Keeper) -> ShownClient:
    """Show who the client is and how to reach the person: to the sender, and to the recipient
    from accept until the outcome, as far as the clause and the legal basis let it today.
    """
    return await shown_client(tx, keeper.vault, referral_id, caller.organisation)


@router.put("/referrals/{referral_id}", tags=["referrals"])
@refuses(Missing, NotADraft, UnknownCode)
async def address(
    referral_id: UUID,
    body: Address,
    caller: Writer,
    officer: Officer,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
    keeper: Keeper,
) -> ReferralView:
    """Choose where a draft goes."""
    command = AddressReferral(
        referral_id, caller.organisation, officer, expected, body.offering, body.recipient
    )
    return etag(await shown(tx, keeper, await address_referral(tx, command), caller))


@router.post("/referrals/{referral_id}/steps", tags=["referrals"], description=described())
@refuses(
    Missing, IllegalStep, NotYourStep, FieldMissing, UnknownCode, NotAddressed, NotPermitted,
    NoBasis, NoSeat, OfferingClosed, NotFirstInLine, NoConsent, SecondPersonNeeded, KeyDestroyed,
)  # fmt: skip
async def step(
    referral_id: UUID,
    body: StepTaken,
    caller: Writer,
    officer: Officer,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
    keeper: Keeper,
) -> ReferralView:
    """Take a step of the lifecycle."""
    given = body.model_dump(exclude_none=True, exclude={"to", "visit"})
    to = None if body.to is None else Destination(body.to.offering, body.to.recipient)
    command = TakeStep(
        referral_id, caller.organisation, officer, expected, **given, visit=body.visit, to=to
    )
    return etag(await shown(tx, keeper, await take_step(tx, keeper.vault, command), caller))


async def shown(
    tx: Transaction, keeper: Keeper, referral: Referral, caller: Caller
) -> ReferralView:
    """Show a referral that was just changed."""
    return await referral_view(tx, keeper.vault, referral.id, caller.organisation)
