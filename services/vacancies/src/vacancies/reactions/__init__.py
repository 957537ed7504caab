"""What this service hears."""

from kit.clients import MachineHeard, keep_machine
from kit.reactions import On, Reactions

from vacancies.reactions.agreements import AGREEMENT_FACTS, AgreementHeard, keep_agreement
from vacancies.reactions.areas import AreaHeard, keep_area

REACTIONS = Reactions(
    {
        "partners.client.registered.v1": On(MachineHeard, keep_machine),
        "partners.client.changed.v1": On(MachineHeard, keep_machine),
        "partners.area.imported.v1": On(AreaHeard, keep_area),
        **dict.fromkeys(AGREEMENT_FACTS, On(AgreementHeard, keep_agreement)),
    }
)
