"""Who is responsible for a client at an instant: computed from the facts of a referral alone."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from referrals.domain import handover_events
from referrals.domain import referral_events as events
from referrals.domain.states import Mode

End = Literal["sender", "recipient", "responsible"]

# Facts that give the responsibility to one end, the recipient's under a transfer only; or that
# say whose it is.
GIVES: Final[Mapping[str, End]] = MappingProxyType(
    {
        events.ReferralDrafted.type: "sender",
        events.ReferralAccepted.type: "recipient",
        events.CancelConfirmed.type: "sender",
        events.ReferralGivenUp.type: "sender",
        events.ConsentWithdrawn.type: "sender",
        events.ReferralEnteredInError.type: "sender",
        handover_events.DraftPassed.type: "sender",
        handover_events.ReferralPassed.type: "responsible",
    }
)


def given_by(type_: str, data: Mapping[str, Any]) -> str | None:
    """Give the organisation that a fact makes responsible; none where it leaves all as it was."""
    end = GIVES.get(type_)
    if end is None or data.get("frozen"):
        return None
    if end == "recipient" and data.get("mode") != Mode.TRANSFER:
        end = "sender"
    return str(data[end])


def responsible(facts: Iterable[tuple[str, Mapping[str, Any]]]) -> str | None:
    """Fold a referral's facts, oldest first; none only where there are no facts yet."""
    last: str | None = None
    for type_, data in facts:
        last = given_by(type_, data) or last
    return last
