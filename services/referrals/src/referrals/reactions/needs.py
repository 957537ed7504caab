"""A need that an officer decided on becomes a draft referral, once for ever."""

from uuid import UUID

from kit import ids
from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sharing.codes import DataClass

from referrals.commands.draft_referral import DraftReferral, draft_referral
from referrals.domain.client import is_erased
from referrals.domain.disclosures import log_referrals
from referrals.domain.merge import kept_of
from referrals.domain.referral import Referral


class NeedDecided(Heard):
    """What is read of an officer's decision on a need."""

    assessment_id: UUID
    client_id: UUID
    organisation: str


class NeedConfirmed(NeedDecided):
    """The client has the need."""

    need: str


class NeedOverridden(NeedDecided):
    """The client has not the need that was suggested, but perhaps another."""

    replaced_by: str | None


async def draft_for_need(tx: Transaction, said: NeedConfirmed, event: Event) -> None:
    """Draft a referral for the need."""
    await draft_once(tx, said, said.need, event)


async def draft_for_replacement(tx: Transaction, said: NeedOverridden, event: Event) -> None:
    """Draft a referral for the need that the officer put in the other's place."""
    if said.replaced_by is not None:
        await draft_once(tx, said, said.replaced_by, event)


async def draft_once(tx: Transaction, said: NeedDecided, need: str, event: Event) -> None:
    """Draft a referral whose id comes of the fact: a replay finds it and does nothing."""
    referral_id = ids.derived_id(event.id, "referral")
    if await tx.get(Referral, referral_id) is not None or await is_erased(tx, said.client_id):
        return
    command = DraftReferral(
        referral_id=referral_id,
        organisation=said.organisation,
        officer="system",
        client_id=await kept_of(tx, said.client_id),
        need=need,
        assessment_id=said.assessment_id,
    )
    await draft_referral(tx, command)
    about = {
        "at": event.time,
        "organisation": said.organisation,
        "officer": command.officer,
        "action": "write",
        "request": event.type,
        "classes": [DataClass.SITUATION],
    }
    await log_referrals(tx, {referral_id: about})
