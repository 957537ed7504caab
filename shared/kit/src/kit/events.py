"""The envelope: CloudEvents 1.0, as the bus carries it and as a consumer reads it."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field

from kit.memory import Told

JSON = "application/json"
TYPE_PATTERN = r"^[a-z]+(\.[a-z_]+){2}\.v[1-9][0-9]*$"
LONGEST_NAME = 200  # characters; source and subject must fit the watermarks' index together


class Event(BaseModel):
    """A fact's attributes. `sequence` is the aggregate's revision, within the source's epoch."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    id: UUID
    type: str = Field(pattern=TYPE_PATTERN)
    source: str = Field(min_length=1, max_length=LONGEST_NAME)
    subject: str = Field(min_length=1, max_length=LONGEST_NAME)
    sequence: int = Field(ge=1, lt=2**63)
    epoch: int = Field(ge=1, lt=2**31)
    time: datetime
    traceparent: str | None = None

    @property
    def name(self) -> str:
        """The type without its version."""
        return self.type.rpartition(".")[0]


@dataclass(frozen=True)
class Record:
    """What a transport delivers, as it came: nothing in it has been believed yet."""

    attributes: Mapping[str, Any]
    data: bytes


def attributes_of(source: str, told: Told) -> dict[str, Any]:
    """Give a fact's attributes, for either transport."""
    return {
        "specversion": "1.0",
        "id": str(told.event_id),
        "type": told.type,
        "source": source,
        "subject": told.subject,
        "partitionkey": told.subject,
        "sequence": str(told.sequence),
        "epoch": told.epoch,
        "time": told.occurred_at.isoformat(),
        "datacontenttype": JSON,
        **told.headers,
    }


def enveloped(source: str, told: Told) -> dict[str, Any]:
    """Write a fact of the outbox as a structured CloudEvent."""
    return attributes_of(source, told) | {"data": orjson.Fragment(told.data)}


def headers_of(source: str, told: Told) -> list[tuple[str, bytes]]:
    """Write a fact's attributes as the headers of a Kafka record (CloudEvents, binary mode)."""
    attributes = attributes_of(source, told)
    content_type = ("content-type", attributes.pop("datacontenttype").encode())
    return [content_type, *((f"ce_{n}", str(value).encode()) for n, value in attributes.items())]


def record_of(headers: Iterable[tuple[str, bytes]], value: bytes | None) -> Record:
    """Take a Kafka record apart. What is no text stays visible as base64, and fits no envelope."""
    attributes = {
        name.removeprefix("ce_"): text_of(content)
        for name, content in headers
        if name.startswith("ce_")
    }
    return Record(attributes, value or b"")


def text_of(content: bytes) -> str | dict[str, str]:
    """Read a header's text, if it is text that the database can keep."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = "\0"
    return {"base64": b64encode(content).decode()} if "\0" in text else text


def dumps(events: list[dict[str, Any]]) -> bytes:
    """Write a CloudEvents batch."""
    return orjson.dumps(events)
