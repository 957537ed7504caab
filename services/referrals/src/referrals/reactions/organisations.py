"""Organisations: who may be addressed."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from referrals.domain.copies import OrganisationCopy


class OrganisationHeard(Heard):
    """What is read of an organisation."""

    code: str


async def keep_organisation(tx: Transaction, said: OrganisationHeard, event: Event) -> None:
    """Keep a copy."""
    row = insert(OrganisationCopy).values(code=said.code, revision=event.sequence)
    await tx.execute(row.on_conflict_do_nothing())
