"""Who answers for a client: from which fact on, and until there is nothing more to do."""

from collections.abc import Sequence
from typing import Any

from kit.database import Transaction
from kit.events import Event
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from metrics.domain.projections import Care
from metrics.reactions.waiting import Waited, waits_no_more

# An acceptance, a decline and a confirmed outcome are heard in `referrals.py`.
BEGINS = ("referrals.referral.drafted.v1",)
ENDS = (
    "referrals.draft.withdrawn.v1",
    "referrals.draft.consent_withdrawn.v1",
    "referrals.draft.entered_in_error.v1",
    "referrals.referral.withdrawn.v1",
    "referrals.referral.rerouted.v1",
    "referrals.referral.expired.v1",
    "referrals.referral.cancel_confirmed.v1",
    "referrals.referral.given_up.v1",
    "referrals.referral.settled.v1",
    "referrals.referral.left_unconfirmed.v1",
    "referrals.referral.consent_withdrawn.v1",
    "referrals.referral.entered_in_error.v1",
)


class CaredFor(Waited):
    """What is read of a referral: its ends, and whether an acceptance moves the responsibility."""

    sender: str
    recipient: str | None
    mode: str = "referral"

    @property
    def who_accepted(self) -> str | None:
        """Who answers for the client once it is accepted."""
        return self.recipient if self.mode == "transfer" else self.sender


class PassedHeard(CaredFor):
    """What is read of a referral that passed to a successor."""

    responsible: str


async def cared_for(tx: Transaction, said: CaredFor, event: Event) -> None:
    """The sender answers from the draft on."""
    await keep_care(tx, [(event, said.sender)])


async def passed(tx: Transaction, said: PassedHeard, event: Event) -> None:
    """It is the one that the fact names who answers."""
    await pass_care(tx, event, said.responsible)


async def draft_passed(tx: Transaction, said: CaredFor, event: Event) -> None:
    """It is the new sender who answers."""
    await pass_care(tx, event, said.sender)


async def pass_care(tx: Transaction, event: Event, organisation: str) -> None:
    """Let another answer, where somebody does still: what was closed stays closed."""
    last = (
        select(Care.organisation)
        .where(Care.subject == event.subject, Care.revision < event.sequence)
        .order_by(Care.revision.desc())
        .limit(1)
    )
    if await tx.scalar(last) is not None:
        await keep_care(tx, [(event, organisation)])


async def ended(tx: Transaction, said: CaredFor, event: Event) -> None:
    """Nothing more is to be done in it."""
    await keep_care(tx, [(event, None)])
    await waits_no_more(tx, said, event)


async def keep_care(tx: Transaction, heard: Sequence[tuple[Event, str | None]]) -> None:
    """Keep who answers since each fact; a fact's second coming changes nothing."""
    rows: list[dict[str, Any]] = [
        {
            "subject": event.subject,
            "revision": event.sequence,
            "at": event.time,
            "organisation": organisation,
        }
        for event, organisation in heard
    ]
    await tx.execute(insert(Care).on_conflict_do_nothing(), rows)
