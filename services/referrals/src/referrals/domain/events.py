"""What this service says. Ids and codes only: even that a referral exists is secret."""

from typing import Annotated

from kit.facts import EVERYONE, Fact
from pydantic import Field

from referrals.domain.client_events import CLIENT_FACTS
from referrals.domain.consent_events import CONSENT_FACTS
from referrals.domain.erasure_events import ERASURE_FACTS
from referrals.domain.fact_fields import Code
from referrals.domain.handover_events import HANDOVER_FACTS
from referrals.domain.merge_events import MERGE_FACTS
from referrals.domain.referral_events import REFERRAL_FACTS
from referrals.domain.retention_events import RETENTION_FACTS
from referrals.domain.term_events import TERM_FACTS


class SeatsFact(Fact):
    """How full an offering is. No referral is named here: this is for everyone."""

    offering: Annotated[str, Field(examples=["ohjaamo-oulu-guidance"])]
    organisation: Code
    taken: Annotated[int, Field(ge=0, examples=[3])]
    maximum: Annotated[int, Field(ge=0, examples=[12])]
    declaration: Annotated[int, Field(ge=1, examples=[1])]
    # Newer than the first facts, which lack them.
    held: Annotated[int, Field(ge=0, examples=[1])] = 0
    elsewhere: Annotated[int, Field(ge=0, examples=[2])] = 0


class SeatsTaken(SeatsFact, type="referrals.seats.taken.v1", concerns=EVERYONE):
    """One seat more is taken."""


class SeatsFreed(SeatsFact, type="referrals.seats.freed.v1", concerns=EVERYONE):
    """One seat is free again."""


class SeatsHeld(SeatsFact, type="referrals.seats.held.v1", concerns=EVERYONE):
    """One seat more is held for an answer or a promise."""


class SeatsReleased(SeatsFact, type="referrals.seats.released.v1", concerns=EVERYONE):
    """One seat is held no more."""


# The kinds of aggregates that speak: each has a topic of its own.
KINDS = ("clients", "consents", "referrals", "seats", "disclosures", "handovers", "retention")

FACTS: tuple[type[Fact], ...] = (
    *CLIENT_FACTS,
    *CONSENT_FACTS,
    *REFERRAL_FACTS,
    *TERM_FACTS,
    *HANDOVER_FACTS,
    *MERGE_FACTS,
    *ERASURE_FACTS,
    *RETENTION_FACTS,
    SeatsTaken,
    SeatsFreed,
    SeatsHeld,
    SeatsReleased,
)
