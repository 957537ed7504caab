"""What this service says. Ids and codes only: even that a referral exists is secret."""

from typing import Annotated, Literal
from uuid import UUID

from kit.facts import EVERYONE, Fact
from pydantic import Field

from referrals.domain.codes import DeclinedBy, DeclineReason, Outcome

Code = Annotated[str, Field(examples=["oulu"])]
Id = Annotated[UUID, Field(examples=["0193a5b0-0000-7000-8000-000000000001"])]


class ClientRegistered(Fact, type="referrals.client.registered.v1", concerns=("organisation",)):
    """An organisation has a client relationship."""

    client_id: Id
    organisation: Code
    kind: Literal["anonymous", "identified"]


class ReferralFact(Fact):
    """What every fact of a referral carries; a draft may have no recipient yet."""

    referral_id: Id
    client_id: Id
    sender: Code
    recipient: Code | None
    offering: Annotated[str | None, Field(examples=["ohjaamo-oulu-guidance"])]
    need: Annotated[str | None, Field(examples=["career_guidance"])]
    purpose: Annotated[str, Field(examples=["client_referral"])]


class AddressedFact(ReferralFact):
    """What a fact of a referral carries once its recipient is chosen."""

    recipient: Code


BOTH = ("sender", "recipient")


class ReferralDrafted(ReferralFact, type="referrals.referral.drafted.v1", concerns=("sender",)):
    """A referral was begun, by an officer or by a confirmed need."""

    assessment_id: Id | None


class ReferralAddressed(
    AddressedFact, type="referrals.referral.addressed.v1", concerns=("sender",)
):
    """The sender chose an offering; the recipient does not know yet."""


class ReferralSent(AddressedFact, type="referrals.referral.sent.v1", concerns=BOTH):
    """The recipient is asked, under a clause of an agreement in force."""

    agreement: Annotated[str, Field(examples=["oulun-tyollisyyden-ekosysteemi"])]
    clause: Annotated[str, Field(examples=["client-referral"])]


class DraftWithdrawn(ReferralFact, type="referrals.draft.withdrawn.v1", concerns=("sender",)):
    """The sender dropped a draft that nobody else knew of."""


class ReferralWithdrawn(AddressedFact, type="referrals.referral.withdrawn.v1", concerns=BOTH):
    """The sender took a sent referral back."""


class ReferralAccepted(AddressedFact, type="referrals.referral.accepted.v1", concerns=BOTH):
    """The recipient takes the client; a seat is taken with it."""


class ReferralDeclined(AddressedFact, type="referrals.referral.declined.v1", concerns=BOTH):
    """The recipient, or the person, says no."""

    reason: DeclineReason
    declined_by: DeclinedBy


class ReferralStarted(AddressedFact, type="referrals.referral.started.v1", concerns=BOTH):
    """The service has begun."""


class OutcomeReported(AddressedFact, type="referrals.referral.outcome_reported.v1", concerns=BOTH):
    """The recipient says what the service led to."""

    outcome: Outcome


class ReferralConfirmed(AddressedFact, type="referrals.referral.confirmed.v1", concerns=BOTH):
    """The sender confirms the outcome: the loop is closed."""


class ReferralDisputed(AddressedFact, type="referrals.referral.disputed.v1", concerns=BOTH):
    """The sender sees the outcome otherwise."""


class SeatsFact(Fact):
    """How full an offering is. No referral is named here: this is for everyone."""

    offering: Annotated[str, Field(examples=["ohjaamo-oulu-guidance"])]
    organisation: Code
    taken: Annotated[int, Field(ge=0, examples=[3])]
    maximum: Annotated[int, Field(ge=0, examples=[12])]
    declaration: Annotated[int, Field(ge=1, examples=[1])]


class SeatsTaken(SeatsFact, type="referrals.seats.taken.v1", concerns=EVERYONE):
    """One seat more is taken."""


class SeatsFreed(SeatsFact, type="referrals.seats.freed.v1", concerns=EVERYONE):
    """One seat is free again."""


# The kinds of aggregates that speak: each has a topic of its own.
KINDS = ("clients", "referrals", "seats")

FACTS: tuple[type[Fact], ...] = (
    ClientRegistered,
    ReferralDrafted,
    ReferralAddressed,
    ReferralSent,
    DraftWithdrawn,
    ReferralWithdrawn,
    ReferralAccepted,
    ReferralDeclined,
    ReferralStarted,
    OutcomeReported,
    ReferralConfirmed,
    ReferralDisputed,
    SeatsTaken,
    SeatsFreed,
)
