"""What is sent and shown of a client's feedback."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from kit.vault import DataKey
from pydantic import BaseModel, Field, StringConstraints

from referrals.api.views import Sent
from referrals.domain.codes import Helped
from referrals.domain.feedback import Feedback

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class NewFeedback(Sent):
    """What the client said; own words are for the two ends, and in no fact."""

    helped: Helped
    text: Words | None = Field(None, examples=["Sain apua nopeasti."])


class FeedbackView(BaseModel):
    """What the client said, and who wrote it down."""

    referral_id: UUID
    helped: Helped
    text: str | None
    organisation: str
    officer: str
    given_at: datetime

    @classmethod
    def of(cls, feedback: Feedback, key: DataKey | None) -> Self:
        """Show it; where the client's key was destroyed, without the words."""
        sealed = feedback.text_sealed
        return cls(
            referral_id=feedback.referral_id,
            helped=feedback.helped,
            text=key.open(sealed, feedback.place) if sealed and key else None,
            organisation=feedback.organisation,
            officer=feedback.officer,
            given_at=feedback.given_at,
        )
