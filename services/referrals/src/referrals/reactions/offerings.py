"""Offerings: what they answer, for whom, how many seats. Taking seats is this service's own."""

from typing import Any

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from pydantic import Field
from sqlalchemy.dialects.postgresql import insert

from referrals.domain.copies import OfferingCopy
from referrals.domain.seats import Seats

OFFERING_FACTS = tuple(
    f"partners.offering.{what}.v1"
    for what in [
        "published",
        "changed",
        "paused",
        "resumed",
        "ended",
        "passed",
        "capacity_declared",
        "eligibility_published",
    ]
)


WRITTEN = ("organisation", "elsewhere", "maximum", "declaration")


class OfferingHeard(Heard):
    """What is read of an offering; what an older fact lacks is empty."""

    code: str
    organisation: str
    status: str = "published"
    capacity: int
    taken_elsewhere: int = 0
    needs: tuple[str, ...] = ()
    audience: dict[str, Any] = Field(default_factory=dict)
    intensity: str | None = None
    eligibility_version: int | None = None


async def keep_offering(tx: Transaction, said: OfferingHeard, event: Event) -> None:
    """Keep the newest state, and the newest declaration in the offering's ledger."""
    state = said.model_dump(mode="json", exclude={"capacity", "taken_elsewhere"})
    row = insert(OfferingCopy).values(code=said.code, revision=event.sequence, offering=state)
    newer = row.on_conflict_do_update(
        index_elements=[OfferingCopy.code],
        set_={"revision": row.excluded.revision, "offering": row.excluded.offering},
        where=OfferingCopy.revision < row.excluded.revision,
    )
    await tx.execute(newer)
    await declare(tx, said, event)


async def declare(tx: Transaction, said: OfferingHeard, event: Event) -> None:
    """Open the offering's ledger, or write the newest declaration into it.

    The declaration is another's truth: it changes no revision, only what may be taken from now on.
    """
    row = insert(Seats).values(
        offering=said.code,
        organisation=said.organisation,
        taken=0,
        held=0,
        elsewhere=said.taken_elsewhere,
        maximum=said.capacity,
        declaration=event.sequence,
        revision=0,
    )
    newer = row.on_conflict_do_update(
        index_elements=[Seats.offering],
        set_={name: row.excluded[name] for name in WRITTEN},
        where=Seats.declaration < row.excluded.declaration,
    )
    await tx.execute(newer)
