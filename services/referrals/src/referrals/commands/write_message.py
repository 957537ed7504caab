"""Write to the other end of a referral, and mark what it wrote as read."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from kit import clock, ids
from kit.database import Transaction, hot
from kit.outbox import publish
from kit.problems import Missing
from kit.vault import DataKey, Vault, made_key
from sharing.codes import DataClass

from referrals.commands.permission import permission
from referrals.domain.contact import must_be_in_contact
from referrals.domain.errors import MessagesClosed
from referrals.domain.files import File
from referrals.domain.message import Attachment, Content, Message
from referrals.domain.referral import Referral
from referrals.domain.terms import keep_deadlines


@dataclass(frozen=True)
class WriteMessage:
    """A text, and the files that come with it."""

    referral_id: UUID
    organisation: str
    officer: str
    text: str
    files: Sequence[File]


async def write_message(tx: Transaction, vault: Vault, command: WriteMessage) -> Message:
    """Write to the other end, while the policy lets data go between the two.

    Raises `Missing`, `MessagesClosed`, `NotPermitted`.
    """
    referral = await referral_with_messages(tx, command.referral_id, command.organisation)
    await must_be_open(tx, referral)
    now = clock.now()
    message = Message(
        id=ids.new_id(),
        referral_id=referral.id,
        organisation=command.organisation,
        officer=command.officer,
        sent_at=now,
    )
    key = await made_key(tx, vault, referral.client_id, referral.sender)
    message.text_sealed = key.close(command.text, message.place)
    tx.add(message)
    await publish(tx, referral, referral.wrote(now))
    for file in command.files:
        await attach(tx, key, message, file)
    await keep_deadlines(tx, referral, now)
    return message


async def referral_with_messages(tx: Transaction, referral_id: UUID, organisation: str) -> Referral:
    """Lock a referral that both ends know. Raises `Missing`."""
    referral = await tx.get(Referral, referral_id, with_for_update=True)
    if referral is None:
        raise Missing
    referral.roles_of(organisation)
    return referral


async def must_be_open(tx: Transaction, referral: Referral) -> None:
    """Let no new data of the client go where the recipient is shown none, or policy lets none."""
    recipient = str(referral.recipient)
    if not referral.was_sent or DataClass.SITUATION not in referral.shown_to(recipient):
        raise MessagesClosed
    if referral.recipient != referral.sender:
        await must_be_in_contact(tx)
    await permission(tx, referral, recipient)


HAVE = "SELECT 1 FROM content WHERE referral_id = $1 AND sha256 = $2"


async def attach(tx: Transaction, key: DataKey, message: Message, file: File) -> None:
    """Keep a file by the hash of its content: what came before is not kept twice."""
    content = Content(referral_id=message.referral_id, sha256=sha256(file.content).digest())
    if not await hot(tx, HAVE, content.referral_id, content.sha256):
        content.content_sealed = key.close(b64encode(file.content).decode(), content.place)
        tx.add(content)
        await tx.flush()  # an attachment refers to it
    attachment = Attachment(
        id=ids.new_id(),
        message_id=message.id,
        referral_id=message.referral_id,
        sha256=content.sha256,
        type=file.type,
    )
    attachment.name_sealed = key.close(file.name, attachment.place)
    tx.add(attachment)
    await tx.flush()


READ = """
    UPDATE message SET read_at = $3
    WHERE referral_id = $1 AND organisation <> $2 AND read_at IS NULL AND id <= $4
    RETURNING id
"""


async def mark_read(
    tx: Transaction, referral_id: UUID, organisation: str, up_to: UUID
) -> Sequence[UUID]:
    """Mark what the other end wrote as read, up to a message. Raises `Missing`."""
    await referral_with_messages(tx, referral_id, organisation)
    marked = await hot(tx, READ, referral_id, organisation, clock.now(), up_to)
    return [row["id"] for row in marked]
