"""What a person is given of all that is held."""

from pydantic import BaseModel, Field

from referrals.api.client_views import ClientView, DisclosureView
from referrals.api.consent_views import ConsentView
from referrals.api.feedback_views import FeedbackView
from referrals.api.message_views import MessageView
from referrals.api.step_views import ReferralView


class HeldClient(ClientView):
    """The client's record, whole."""

    identity_code: str | None


class HeldReferral(ReferralView):
    """A referral as its sender sees it, with the messages of both ends."""

    messages: list[MessageView]
    feedback: FeedbackView | None = Field(description="What the client said of it")


class Elsewhere(BaseModel):
    """A service that keeps more of the person, and where to ask it."""

    service: str
    path: str = Field(examples=["/clients/0193a5b0-0000-7000-8000-000000000001/export"])


class ClientExport(BaseModel):
    """All that this service holds about a person, and where there is more."""

    client: HeldClient
    merged: list[HeldClient] = Field(description="Other records of the person, as they were")
    referrals: list[HeldReferral]
    consents: list[ConsentView]
    disclosures: list[DisclosureView]
    elsewhere: list[Elsewhere]
