"""What this service hears."""

from kit.clients import MachineHeard, keep_machine
from kit.reactions import On, Reactions

from referrals.reactions.activity import ASSESSED, AssessedHeard, keep_active
from referrals.reactions.agreements import AGREEMENT_FACTS, AgreementHeard, keep_agreement
from referrals.reactions.contact import RegisterHeard, noted, nothing_more
from referrals.reactions.needs import (
    NeedConfirmed,
    NeedOverridden,
    draft_for_need,
    draft_for_replacement,
)
from referrals.reactions.offerings import OFFERING_FACTS, OfferingHeard, keep_offering
from referrals.reactions.organisations import (
    ORGANISATION_FACTS,
    OrganisationHeard,
    keep_organisation,
)

REACTIONS = Reactions(
    {
        "partners.register.confirmed.v1": noted(On(RegisterHeard, nothing_more)),
        "partners.client.registered.v1": noted(On(MachineHeard, keep_machine)),
        "partners.client.changed.v1": noted(On(MachineHeard, keep_machine)),
        **dict.fromkeys(ORGANISATION_FACTS, noted(On(OrganisationHeard, keep_organisation))),
        **dict.fromkeys(AGREEMENT_FACTS, noted(On(AgreementHeard, keep_agreement))),
        **dict.fromkeys(OFFERING_FACTS, noted(On(OfferingHeard, keep_offering))),
        **dict.fromkeys(ASSESSED, On(AssessedHeard, keep_active)),
        "assessments.assessment.need_confirmed.v1": On(NeedConfirmed, draft_for_need),
        "assessments.assessment.need_overridden.v1": On(NeedOverridden, draft_for_replacement),
    }
)
