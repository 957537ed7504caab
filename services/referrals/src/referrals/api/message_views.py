"""What is written between the two ends, and what is shown of it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from referrals.api.views import Sent
from referrals.domain.files import MOST_BYTES, MOST_FILES, TYPES


class NewAttachment(Sent):
    """A file, in base64."""

    name: str = Field(max_length=100, examples=["suunnitelma.txt"])
    type: str = Field(max_length=100, description=", ".join(TYPES), examples=["text/plain"])
    content: str = Field(
        description=f"At most {MOST_BYTES} bytes before base64",
        max_length=700_000,
        examples=["VGVydmV0dWxvYQ=="],
    )


class NewMessage(Sent):
    """A text for the other end, and files with it."""

    text: str = Field(min_length=1, max_length=8000, examples=["Asiakas tulee keskiviikkona."])
    attachments: list[NewAttachment] = Field(default_factory=list, max_length=MOST_FILES)


class ReadMark(Sent):
    """Up to which message all was read."""

    up_to: UUID


class AttachmentView(BaseModel):
    """A file that came with a message."""

    id: UUID
    name: str
    type: str
    sha256: str


class MessageView(BaseModel):
    """A message."""

    id: UUID
    organisation: str
    officer: str
    text: str
    attachments: list[AttachmentView]
    sent_at: datetime
    read_at: datetime | None = Field(description="When the other end marked it as read")
