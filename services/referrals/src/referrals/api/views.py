"""What callers send and see."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sharing.codes import Purpose

from referrals.domain.client import Client
from referrals.domain.states import Mode

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,63}$", examples=["oulu"])]


class Sent(BaseModel):
    """A body; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewClient(Sent):
    """A client relationship that begins; without an identity code the client is anonymous."""

    identity_code: str | None = Field(None, max_length=32, examples=["131052-9030"])


class ClientSearch(Sent):
    """Search by personal identity code: by POST, so that it stands in no URL and no log."""

    identity_code: str = Field(max_length=32, examples=["131052-9030"])


class ClientView(BaseModel):
    """A client, without the identity code."""

    id: UUID
    organisation: str
    kind: Literal["anonymous", "identified"]
    registered_at: datetime
    revision: int

    @classmethod
    def of(cls, client: Client) -> Self:
        """Show a client."""
        kind: Literal["anonymous", "identified"] = (
            "identified" if client.identity_hash else "anonymous"
        )
        return cls(
            id=client.id,
            organisation=client.organisation,
            kind=kind,
            registered_at=client.registered_at,
            revision=client.revision,
        )


class NewReferral(Sent):
    """A referral that begins."""

    client_id: UUID
    need: str | None = Field(None, max_length=64, examples=["career_guidance"])
    purpose: Purpose = Purpose.CLIENT_REFERRAL
    mode: Mode = Field(
        Mode.REFERRAL,
        description="A transfer moves the responsibility for the client when it is accepted",
    )


class Address(Sent):
    """Where a draft goes: an offering, or an organisation alone."""

    offering: Code | None = None
    recipient: Code | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        """Refuse both, and neither."""
        if (self.offering is None) == (self.recipient is None):
            raise ValueError("give an offering or a recipient")
        return self
