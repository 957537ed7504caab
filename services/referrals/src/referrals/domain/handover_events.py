"""What is said when a task's clients and referrals pass to a successor. Ids and codes only."""

from datetime import date
from typing import Annotated

from kit.facts import Fact
from pydantic import Field
from sharing.codes import DataClass, Purpose

from referrals.domain.client_events import ClientFact
from referrals.domain.codes import Manner
from referrals.domain.consent_events import ConsentFact
from referrals.domain.fact_fields import Code, Id
from referrals.domain.referral_events import AddressedFact, ReferralFact

TWO = ("giver", "receiver")
Count = Annotated[int, Field(ge=0, examples=[12])]


class HandoverFact(Fact):
    """What every fact of a handover carries."""

    handover_id: Id
    giver: Code
    receiver: Annotated[str, Field(examples=["oulun-tyollisyysalue"])]
    task: Annotated[str, Field(examples=["employment_services"])]
    clients: Count
    referrals: Count


class HandoverPlanned(HandoverFact, type="referrals.handover.planned.v1", concerns=TWO):
    """What would pass was looked at; nothing has."""


class HandoverBegun(HandoverFact, type="referrals.handover.begun.v1", concerns=TWO):
    """What was planned passes from now on, one client after another."""


class HandoverFinished(HandoverFact, type="referrals.handover.finished.v1", concerns=TWO):
    """All has passed that could."""


class ClientPassed(
    ClientFact, type="referrals.client.passed.v1", concerns=("organisation", "giver")
):
    """The client is the successor's from this instant; under which law, where the old one ended."""

    giver: Code
    handover_id: Id
    statute: Annotated[str, Field(examples=["employment_services"])]


class ConsentPassed(
    ConsentFact, type="referrals.consent.passed.v1", concerns=("organisation", "giver")
):
    """A client's consent went with the client, as it was given: it names the same recipients."""

    giver: Code
    handover_id: Id
    recipients: tuple[Code, ...]
    purposes: tuple[Purpose, ...]
    classes: tuple[DataClass, ...]
    manner: Manner
    valid_until: Annotated[date | None, Field(examples=["2026-12-31"])]


class DraftPassed(ReferralFact, type="referrals.draft.passed.v1", concerns=("sender", "giver")):
    """A draft that nobody else knows of is the successor's."""

    giver: Code
    handover_id: Id


class ReferralPassed(
    AddressedFact, type="referrals.referral.passed.v1", concerns=("sender", "recipient", "giver")
):
    """The successor stands at the end, or the ends, where the giver stood; it goes on as it was."""

    giver: Code
    handover_id: Id
    responsible: Annotated[
        str, Field(examples=["oulu"], description="Who answers for the client from this instant")
    ]


HANDOVER_FACTS: tuple[type[Fact], ...] = (
    HandoverPlanned,
    HandoverBegun,
    HandoverFinished,
    ClientPassed,
    ConsentPassed,
    DraftPassed,
    ReferralPassed,
)
