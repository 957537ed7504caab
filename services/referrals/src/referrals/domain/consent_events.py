"""What is said of consents: what they cover, in codes, to the organisation whose client it is.

A recipient hears of its referrals alone: whom else a client trusts is no business of its.
"""

from datetime import date
from typing import Annotated

from kit.facts import Fact
from pydantic import Field
from sharing.codes import DataClass, Purpose

from referrals.domain.codes import Manner
from referrals.domain.fact_fields import Code, Id

OWN = ("organisation",)


class ConsentFact(Fact):
    """What every fact of a consent carries."""

    consent_id: Id
    client_id: Id
    organisation: Code


class ConsentGiven(ConsentFact, type="referrals.consent.given.v1", concerns=OWN):
    """A client consented."""

    recipients: tuple[Code, ...]
    purposes: tuple[Purpose, ...]
    classes: tuple[DataClass, ...]
    manner: Manner
    valid_until: Annotated[date | None, Field(examples=["2026-12-31"])]


class ConsentTakenBack(ConsentFact, type="referrals.consent.withdrawn.v1", concerns=OWN):
    """The client took it back: nothing moves by it any more, from this instant."""

    manner: Manner


CONSENT_FACTS: tuple[type[Fact], ...] = (ConsentGiven, ConsentTakenBack)
