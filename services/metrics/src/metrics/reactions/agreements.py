"""Agreements: their goals and pilots, and until when they hold."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from metrics.domain.copies import Agreement, AgreementCopy
from metrics.reactions.names import keep_name

# Each carries the agreement's whole state.
AGREEMENT_FACTS = tuple(
    f"partners.agreement.{said}.v1"
    for said in (
        "drafted", "revised", "proposed", "signed", "withdrawn", "entered_into_force", "expiring",
        "amendment_drafted", "amendment_revised", "amendment_proposed", "amendment_withdrawn",
        "amended", "seat_passed", "termination_noted", "terminated", "expired", "pilot_evaluated",
    )
)  # fmt: skip


class AgreementHeard(Heard, Agreement):
    """What is read of an agreement."""


async def keep_agreement(tx: Transaction, said: AgreementHeard, event: Event) -> None:
    """Keep the newest state, and what its pilots are called."""
    state = said.model_dump(mode="json")
    row = insert(AgreementCopy).values(
        code=said.code, revision=event.sequence, at=event.time, agreement=state
    )
    newer = row.on_conflict_do_update(
        index_elements=[AgreementCopy.code],
        set_={name: row.excluded[name] for name in ("revision", "at", "agreement")},
        where=AgreementCopy.revision < row.excluded.revision,
    )
    await tx.execute(newer)
    for pilot in said.pilots:
        await keep_name(tx, "pilot", pilot.code, pilot.name, event)
