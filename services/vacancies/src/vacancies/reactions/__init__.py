"""What this service hears."""

from kit.reactions import On, Reactions

from vacancies.reactions.agreements import AgreementHeard, keep_agreement

REACTIONS = Reactions(
    {
        "partners.agreement.drafted.v1": On(AgreementHeard, keep_agreement),
        "partners.agreement.signed.v1": On(AgreementHeard, keep_agreement),
    }
)
