"""Messages between the two ends of a referral. Facts carry none of their text."""

from uuid import UUID

from fastapi import APIRouter, Response
from kit.documents import refuses
from kit.edge import Officer, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing
from kit.vault import KeyDestroyed

from referrals.api.callers import Reader, Writer
from referrals.api.clients import Keeper
from referrals.api.logged import LoggedRoute
from referrals.api.message_views import MessageView, NewMessage, ReadMark
from referrals.commands.write_message import WriteMessage, mark_read, write_message
from referrals.domain.errors import FileRefused, MessagesClosed, NotPermitted
from referrals.domain.files import looked_at
from referrals.domain.message import Message
from referrals.queries.messages import content_of, messages_of, opened, readable_to

router = APIRouter(route_class=LoggedRoute, tags=["messages"])


@router.post("/referrals/{referral_id}/messages", status_code=201)
@refuses(Missing, MessagesClosed, NotPermitted, FileRefused, KeyDestroyed)
async def write(
    referral_id: UUID,
    body: NewMessage,
    caller: Writer,
    officer: Officer,
    tx: Transaction,
    keeper: Keeper,
) -> MessageView:
    """Write to the other end; the agreement must permit it on that day."""
    files = [
        looked_at(file.name, file.type, file.content, f"/body/attachments/{n}")
        for n, file in enumerate(body.attachments)
    ]
    command = WriteMessage(referral_id, caller.organisation, officer, body.text, files)
    message = await write_message(tx, keeper.vault, command)
    referral = await readable_to(tx, referral_id, caller.organisation)
    return (await opened(tx, keeper.vault, referral, [message]))[0]


@router.get("/referrals/{referral_id}/messages")
@refuses(Missing)
async def read(
    referral_id: UUID, caller: Reader, tx: Transaction, page: Page, keeper: Keeper
) -> Listing[MessageView]:
    """Read what the two ends wrote, oldest first."""
    referral = await readable_to(tx, referral_id, caller.organisation)
    rows, after = await page.read(tx, messages_of(referral), Message.id)
    items = await opened(tx, keeper.vault, referral, [row[0] for row in rows])
    return Listing(items=items, next=after)


@router.put("/referrals/{referral_id}/messages/read", status_code=204)
@refuses(Missing)
async def mark(referral_id: UUID, body: ReadMark, caller: Writer, tx: Transaction) -> None:
    """Mark what the other end wrote as read."""
    await mark_read(tx, referral_id, caller.organisation, body.up_to)


@router.get("/referrals/{referral_id}/attachments/{attachment_id}", response_class=Response)
@refuses(Missing)
async def attachment(
    referral_id: UUID, attachment_id: UUID, caller: Reader, tx: Transaction, keeper: Keeper
) -> Response:
    """Fetch a file; a browser saves it and shows nothing."""
    referral = await readable_to(tx, referral_id, caller.organisation)
    kind, content = await content_of(tx, keeper.vault, referral, attachment_id)
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=kind, headers=headers)
