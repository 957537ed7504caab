"""What is said of a referral whose client was erased: its codes stay, its texts are gone."""

from kit.facts import Fact

from referrals.domain.referral_events import BOTH, SENDER, AddressedFact, ReferralFact


class DraftErased(ReferralFact, type="referrals.draft.erased.v1", concerns=SENDER):
    """Its client was erased; nobody else ever knew of it."""


class ReferralErased(AddressedFact, type="referrals.referral.erased.v1", concerns=BOTH):
    """Its client was erased: whoever was told anything of the person erases that too."""


ERASURE_FACTS: tuple[type[Fact], ...] = (DraftErased, ReferralErased)
