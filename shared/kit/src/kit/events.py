"""The envelope: CloudEvents 1.0, as the bus carries it and as a consumer reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field

from kit.memory import Told

TYPE_PATTERN = r"^[a-z]+(\.[a-z_]+){2}\.v[1-9][0-9]*$"


class Event(BaseModel):
    """A fact's attributes. `sequence` is the aggregate's revision, within the source's epoch."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    id: UUID
    type: str = Field(pattern=TYPE_PATTERN)
    source: str = Field(min_length=1)
    subject: str = Field(min_length=1)
    sequence: int = Field(ge=1)
    epoch: int = Field(ge=1)
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


def enveloped(source: str, told: Told) -> dict[str, Any]:
    """Write a fact of the outbox as a structured CloudEvent."""
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
        "datacontenttype": "application/json",
        **told.headers,
        "data": told.data,
    }


def dumps(events: list[dict[str, Any]]) -> bytes:
    """Write a CloudEvents batch."""
    return orjson.dumps(events)
