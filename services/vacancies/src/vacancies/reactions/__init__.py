"""What this service hears."""

from kit.clients import MachineHeard, keep_machine
from kit.reactions import On, Reactions

from vacancies.reactions.agreements import AGREEMENT_FACTS, AgreementHeard, keep_agreement

REACTIONS = Reactions(
    {
        "partners.client.registered.v1": On(MachineHeard, keep_machine),
        "partners.client.changed.v1": On(MachineHeard, keep_machine),
        **dict.fromkeys(AGREEMENT_FACTS, On(AgreementHeard, keep_agreement)),
    }
)
