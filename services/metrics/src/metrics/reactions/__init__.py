"""What this service hears. All of it is folded into tables that a replay makes anew."""

from kit.clients import MachineHeard, keep_machine
from kit.reactions import On, OnMany, Reactions

from metrics.reactions.agreements import AGREEMENT_FACTS, AgreementHeard, keep_agreement
from metrics.reactions.care import (
    BEGINS,
    ENDS,
    CaredFor,
    PassedHeard,
    cared_for,
    draft_passed,
    ended,
    passed,
)
from metrics.reactions.names import (
    AreaHeard,
    OfferingEnded,
    OfferingHeard,
    OrganisationHeard,
    close_offering,
    keep_area,
    keep_offering,
    keep_organisation,
)
from metrics.reactions.needs import NeedConfirmed, NeedOverridden, count_confirmed, count_replacing
from metrics.reactions.referrals import (
    CourseHeard,
    DeclineHeard,
    FeedbackHeard,
    ReferralHeard,
    accepted,
    commented,
    confirmed,
    declined,
    disputed,
    missed,
    sent,
)
from metrics.reactions.seals import SealedHeard, keep_heads
from metrics.reactions.seats import SeatsHeard, keep_taken
from metrics.reactions.vacancies import (
    PlacementHeard,
    VacancyHeard,
    count_placement,
    keep_openings,
)
from metrics.reactions.waiting import waits, waits_no_more

REACTIONS = Reactions(
    {
        "partners.client.registered.v1": On(MachineHeard, keep_machine),
        "partners.client.changed.v1": On(MachineHeard, keep_machine),
        "partners.organisation.registered.v1": On(OrganisationHeard, keep_organisation),
        "partners.organisation.changed.v1": On(OrganisationHeard, keep_organisation),
        "partners.organisation.ended.v1": On(OrganisationHeard, keep_organisation),
        "partners.area.imported.v1": On(AreaHeard, keep_area),
        **dict.fromkeys(AGREEMENT_FACTS, On(AgreementHeard, keep_agreement)),
        "partners.offering.published.v1": On(OfferingHeard, keep_offering),
        "partners.offering.passed.v1": On(OfferingHeard, keep_offering),
        "partners.offering.changed.v1": On(OfferingHeard, keep_offering),
        "partners.offering.capacity_declared.v1": On(OfferingHeard, keep_offering),
        "partners.offering.ended.v1": On(OfferingEnded, close_offering),
        "referrals.referral.sent.v1": OnMany(ReferralHeard, sent),
        "referrals.referral.sent_within.v1": OnMany(ReferralHeard, sent),
        "referrals.referral.accepted.v1": OnMany(CourseHeard, accepted),
        "referrals.referral.declined.v1": OnMany(DeclineHeard, declined),
        "referrals.referral.confirmed.v1": On(CourseHeard, confirmed),
        "referrals.referral.disputed.v1": On(CourseHeard, disputed),
        "referrals.referral.feedback_given.v1": On(FeedbackHeard, commented),
        "referrals.referral.visit_missed.v1": On(CourseHeard, missed),
        "referrals.referral.waitlisted.v1": On(CourseHeard, waits),
        "referrals.referral.outcome_reported.v1": On(CourseHeard, waits_no_more),
        **dict.fromkeys(BEGINS, On(CaredFor, cared_for)),
        **dict.fromkeys(ENDS, On(CaredFor, ended)),
        "referrals.referral.passed.v1": On(PassedHeard, passed),
        "referrals.draft.passed.v1": On(CaredFor, draft_passed),
        "referrals.disclosures.sealed.v1": On(SealedHeard, keep_heads),
        "referrals.seats.taken.v1": On(SeatsHeard, keep_taken),
        "referrals.seats.freed.v1": On(SeatsHeard, keep_taken),
        "assessments.assessment.need_confirmed.v1": On(NeedConfirmed, count_confirmed),
        "assessments.assessment.need_overridden.v1": On(NeedOverridden, count_replacing),
        "vacancies.vacancy.published.v1": On(VacancyHeard, keep_openings),
        "vacancies.vacancy.changed.v1": On(VacancyHeard, keep_openings),
        "vacancies.vacancy.withdrawn.v1": On(VacancyHeard, keep_openings),
        "vacancies.vacancy.filled.v1": On(VacancyHeard, keep_openings),
        "vacancies.placement.recorded.v1": On(PlacementHeard, count_placement),
    },
    # What is witnessed is no projection: a replay takes nothing of it away.
    projections=("movement", "course", "care", "organisation_end", "agreement_copy", "name_copy"),
)
