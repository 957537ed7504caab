"""The code sets of referrals."""

from enum import StrEnum


class LegalBasis(StrEnum):
    """Why a disclosure is lawful. An authority's processing rests on statute, not on consent."""

    STATUTE = "statute"
    CONSENT = "consent"


class DeclineReason(StrEnum):
    """Why a referral was declined."""

    NO_CAPACITY = "no_capacity"
    NOT_ELIGIBLE = "not_eligible"
    OTHER_SERVICE_FITS_BETTER = "other_service_fits_better"
    CLIENT_NOT_REACHED = "client_not_reached"
    CLIENT_DOES_NOT_WANT = "client_does_not_want"


class DeclinedBy(StrEnum):
    """Who said no: the person, or the provider."""

    PERSON = "person"
    PROVIDER = "provider"


class Outcome(StrEnum):
    """What the service led to."""

    EMPLOYED = "employed"
    IN_EDUCATION = "in_education"
    NEED_MET = "need_met"
    REFERRED_ON = "referred_on"
    DISCONTINUED = "discontinued"
