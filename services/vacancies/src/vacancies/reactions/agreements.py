"""Agreements: whose they are, until when, and which pilots they have."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from vacancies.domain.copies import AgreementCopy
from vacancies.domain.pilots import PilotAgreement

# Each carries the agreement's whole state.
AGREEMENT_FACTS = tuple(
    f"partners.agreement.{said}.v1"
    for said in (
        "drafted", "revised", "proposed", "signed", "withdrawn", "entered_into_force", "expiring",
        "amendment_drafted", "amendment_revised", "amendment_proposed", "amendment_withdrawn",
        "amended", "seat_passed", "termination_noted", "terminated", "expired", "pilot_evaluated",
    )
)  # fmt: skip


class AgreementHeard(Heard, PilotAgreement):
    """What is read of an agreement: what the rule of pilots needs."""


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
