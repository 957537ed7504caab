"""The code sets of referrals."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class LegalBasis(StrEnum):
    """Why a disclosure is lawful. An authority's processing rests on statute, not on consent."""

    STATUTE = "statute"
    CONSENT = "consent"


class Manner(StrEnum):
    """How a client said it, so that it can be shown that it was said (GDPR, article 7)."""

    IN_WRITING = "in_writing"
    ORALLY = "orally"
    ELECTRONICALLY = "electronically"


class DeclineReason(StrEnum):
    """Why a referral was declined."""

    NO_CAPACITY = "no_capacity"
    NOT_ELIGIBLE = "not_eligible"
    OTHER_SERVICE_FITS_BETTER = "other_service_fits_better"
    CLIENT_NOT_REACHED = "client_not_reached"
    CLIENT_DOES_NOT_WANT = "client_does_not_want"


class AlternativeReason(StrEnum):
    """Why another offering is named after a decline, in the order in which they rank."""

    SAME_NEED = "same_need"
    ELIGIBLE = "eligible"
    ELIGIBILITY_UNKNOWN = "eligibility_unknown"
    ROOM = "room"
    PERMITTED = "permitted"
    OWN_ORGANISATION = "own_organisation"


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


class Helped(StrEnum):
    """Whether a service helped, by the client's own word."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class ExpiryReason(StrEnum):
    """Why a request came back without an answer."""

    NO_DECISION = "no_decision"
    AGREEMENT_ENDED = "agreement_ended"


class PauseReason(StrEnum):
    """Why a service waits."""

    CLIENT_ASKED = "client_asked"
    CLIENT_ILL = "client_ill"
    CLIENT_NOT_REACHED = "client_not_reached"
    PROVIDER_UNABLE = "provider_unable"


class RefusalReason(StrEnum):
    """Why a recipient does not let go."""

    CLIENT_WANTS_TO_STAY = "client_wants_to_stay"
    SERVICE_ALMOST_DONE = "service_almost_done"
    DUTY_BY_LAW = "duty_by_law"


class GivingUpReason(StrEnum):
    """Why a recipient ends what it had accepted."""

    CLIENT_NOT_REACHED = "client_not_reached"
    CLIENT_STOPPED = "client_stopped"
    CLIENT_MOVED = "client_moved"
    SERVICE_ENDED = "service_ended"


class SettlementReason(StrEnum):
    """How a disputed outcome was settled."""

    OUTCOME_STANDS = "outcome_stands"
    AGREED_OTHERWISE = "agreed_otherwise"
    CLIENT_DECIDED = "client_decided"


# The code sets that the table of the lifecycle names.
REASONS: Final[Mapping[str, type[StrEnum]]] = MappingProxyType(
    {
        "decline": DeclineReason,
        "expiry": ExpiryReason,
        "pause": PauseReason,
        "refusal": RefusalReason,
        "giving_up": GivingUpReason,
        "settlement": SettlementReason,
    }
)

# Outcomes that end a referral as failed; all others complete it.
FAILED: Final = frozenset({Outcome.DISCONTINUED})
