"""Consents: parse, call, return."""

from uuid import UUID

from fastapi import APIRouter
from kit.documents import refuses
from kit.edge import ETag, Officer, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode

from referrals.api.callers import Reader, Writer
from referrals.api.clients import Keeper
from referrals.api.consent_views import ConsentView, NewConsent, Withdrawal
from referrals.api.logged import ClientRoute, LoggedRoute
from referrals.api.step_views import ReferralView
from referrals.commands.give_consent import GiveConsent, give_consent
from referrals.commands.receive_withdrawal import ReceiveWithdrawal, receive_withdrawal
from referrals.commands.withdraw_consent import WithdrawConsent, withdraw_consent
from referrals.domain.consent import Consent
from referrals.domain.errors import (
    AlreadyWithdrawn,
    ConsentTime,
    MergedAway,
    NothingToReceive,
    NotYourStep,
)
from referrals.domain.merge import records_of
from referrals.queries.clients import client_of
from referrals.queries.consents import consents, receipts
from referrals.queries.referrals import referral_view

router = APIRouter(route_class=ClientRoute, tags=["clients"])
receipt_router = APIRouter(route_class=LoggedRoute, tags=["referrals"])


@router.post("/clients/{client_id}/consents", status_code=201)
@refuses(Missing, MergedAway, UnknownCode, ConsentTime)
async def give(
    client_id: UUID, body: NewConsent, caller: Writer, officer: Officer, tx: Transaction
) -> ConsentView:
    """Record what one's own client consented to."""
    command = GiveConsent(client_id, caller.organisation, officer, **dict(body))
    return ConsentView.of(await give_consent(tx, command))


@router.get("/clients/{client_id}/consents")
@refuses(Missing, MergedAway)
async def listed(
    client_id: UUID, caller: Reader, tx: Transaction, page: Page
) -> Listing[ConsentView]:
    """List one's own client's consents, and the receipts of those that were withdrawn."""
    await client_of(tx, client_id, caller.organisation)
    rows, after = await page.read(tx, consents(await records_of(tx, client_id)), Consent.id)
    told = await receipts(tx, [row[0].id for row in rows])
    items = [ConsentView.of(row[0], told.get(row[0].id, ())) for row in rows]
    return Listing(items=items, next=after)


@router.post("/clients/{client_id}/consents/{consent_id}/withdrawals", status_code=201)
@refuses(Missing, MergedAway, AlreadyWithdrawn)
async def withdraw(
    client_id: UUID,
    consent_id: UUID,
    body: Withdrawal,
    caller: Writer,
    officer: Officer,
    tx: Transaction,
) -> ConsentView:
    """Record that the client took it back: all that rests on it ends at once."""
    command = WithdrawConsent(client_id, consent_id, caller.organisation, officer, body.manner)
    consent = await withdraw_consent(tx, command)
    return ConsentView.of(consent, (await receipts(tx, [consent.id])).get(consent.id, ()))


@receipt_router.post("/referrals/{referral_id}/receipts")
@refuses(Missing, NotYourStep, NothingToReceive)
async def receive(
    referral_id: UUID,
    caller: Writer,
    officer: Officer,
    tx: Transaction,
    keeper: Keeper,
    etag: ETag,
) -> ReferralView:
    """Say, as its recipient, that one knows of the withdrawn consent and acted on it."""
    command = ReceiveWithdrawal(referral_id, caller.organisation, officer)
    await receive_withdrawal(tx, command)
    return etag(await referral_view(tx, keeper.vault, referral_id, caller.organisation))
