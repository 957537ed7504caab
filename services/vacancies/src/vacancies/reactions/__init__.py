"""What this service hears."""

from kit.reactions import On, Reactions

from vacancies.reactions.agreements import AGREEMENT_FACTS, AgreementHeard, keep_agreement

REACTIONS = Reactions(
    {
        **dict.fromkeys(AGREEMENT_FACTS, On(AgreementHeard, keep_agreement)),
    }
)
