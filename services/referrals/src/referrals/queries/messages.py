"""Reading messages: the two ends only, with the client's key."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing
from kit.vault import Vault, key_of
from sharing.codes import DataClass
from sqlalchemy import Select, select

from referrals.api.message_views import AttachmentView, MessageView
from referrals.domain.message import Attachment, Content, Message
from referrals.domain.referral import Referral


async def readable_to(tx: Transaction, referral_id: UUID, organisation: str) -> Referral:
    """Find a referral whose messages an organisation may read. Raises `Missing`."""
    referral = await tx.get(Referral, referral_id)
    if referral is None:
        raise Missing
    referral.roles_of(organisation)
    if DataClass.SITUATION not in referral.shown_to(organisation):
        raise Missing
    return referral


def messages_of(referral: Referral) -> Select[Message]:
    """Select a referral's messages."""
    return select(Message).where(Message.referral_id == referral.id)


async def opened(
    tx: Transaction, vault: Vault, referral: Referral, messages: Sequence[Message]
) -> list[MessageView]:
    """Open messages; where the client's key was destroyed there is nothing to read."""
    key = await key_of(tx, vault, referral.client_id)
    if key is None or not messages:
        return []
    found = select(Attachment).where(Attachment.message_id.in_([m.id for m in messages]))
    files: dict[UUID, list[AttachmentView]] = defaultdict(list)
    for file in await tx.scalars(found.order_by(Attachment.id)):
        name = key.open(file.name_sealed, file.place)
        shown = AttachmentView(id=file.id, name=name, type=file.type, sha256=file.sha256.hex())
        files[file.message_id].append(shown)
    return [
        MessageView(
            id=message.id,
            organisation=message.organisation,
            officer=message.officer,
            text=key.open(message.text_sealed, message.place),
            attachments=files[message.id],
            sent_at=message.sent_at,
            read_at=message.read_at,
        )
        for message in messages
    ]


async def content_of(
    tx: Transaction, vault: Vault, referral: Referral, attachment_id: UUID
) -> tuple[str, bytes]:
    """Open a file: its type and its content. Raises `Missing`."""
    file = await tx.get(Attachment, attachment_id)
    key = await key_of(tx, vault, referral.client_id)
    if file is None or file.referral_id != referral.id or key is None:
        raise Missing
    content = await tx.get(Content, (referral.id, file.sha256))
    if content is None:
        raise Missing
    return file.type, b64decode(key.open(content.content_sealed, content.place))
