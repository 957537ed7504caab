"""What is sent and shown of erasures and of retention."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from referrals.api.views import Sent
from referrals.domain.client import Client
from referrals.domain.grounds import Asked, Ground


class NewErasure(Sent):
    """On what ground: Regulation (EU) 2016/679, article 17(1)."""

    ground: Asked = Field(examples=["consent_withdrawn"])


class ErasureView(BaseModel):
    """That a client was erased, on what ground, and when."""

    client_id: UUID
    ground: Ground
    erased_at: datetime

    @classmethod
    def of(cls, client: Client) -> Self:
        """Show the erasure of a client who was erased."""
        return cls.model_validate(
            {"client_id": client.id, "ground": client.erased_ground, "erased_at": client.erased_at}
        )


class PeriodView(BaseModel):
    """How long a class of data is kept."""

    model_config = ConfigDict(from_attributes=True)

    data: str
    service: str = Field(description="The service whose database it is in")
    years: int | None
    days: int | None
    counted_from: str = Field(description="`never`: it is not purged")
    required: bool = Field(description="Whether law requires it, so that it is not erased earlier")
    law: str
    section: str | None
    confirmed: bool = Field(description="False: a default that the controller has to confirm")
    due_next: date | None = Field(None, description="The day on which the first of one's own ends")


class PurgeView(BaseModel):
    """What was purged of one's own at a look, by class of data."""

    at: datetime
    purged: dict[str, int]


class RetentionView(BaseModel):
    """The periods, the last purge, and when it was looked last."""

    looked_at: datetime | None
    last_purge: PurgeView | None
    periods: list[PeriodView]
