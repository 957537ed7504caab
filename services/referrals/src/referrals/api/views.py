"""What callers send and see."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sharing.codes import Purpose

from referrals.domain.states import Mode

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,63}$", examples=["oulu"])]


class Sent(BaseModel):
    """A body; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewReferral(Sent):
    """A referral that begins."""

    client_id: UUID
    need: str | None = Field(None, max_length=64, examples=["career_guidance"])
    purpose: Purpose = Purpose.CLIENT_REFERRAL
    mode: Mode = Field(
        Mode.REFERRAL,
        description="A transfer moves the responsibility for the client when it is accepted",
    )
    urgent: bool = Field(False, strict=True, description="The recipient decides by tomorrow")


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
