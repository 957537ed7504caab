"""Agreements: what may be shared, between whom, until when."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sharing import Agreement
from sqlalchemy.dialects.postgresql import insert

from referrals.domain.copies import AgreementCopy

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
    """What is read of an agreement: what the policy needs."""


async def keep_agreement(tx: Transaction, said: AgreementHeard, event: Event) -> None:
    """Keep the newest state."""
    state = said.model_dump(mode="json", by_alias=True)
    row = insert(AgreementCopy).values(code=said.code, revision=event.sequence, agreement=state)
    newer = row.on_conflict_do_update(
        index_elements=[AgreementCopy.code],
        set_={"revision": row.excluded.revision, "agreement": row.excluded.agreement},
        where=AgreementCopy.revision < row.excluded.revision,
    )
    await tx.execute(newer)
