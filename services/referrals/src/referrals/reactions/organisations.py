"""Organisations: who may be addressed, who has ended, and who took which tasks over."""

from datetime import date

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from referrals.domain.copies import OrganisationCopy
from referrals.domain.succession import Succession

# Each carries the organisation's whole state.
ORGANISATION_FACTS = tuple(
    f"partners.organisation.{said}.v1"
    for said in (
        "registered", "changed", "ended", "tasks_given", "tasks_passed", "tasks_withdrawn",
    )
)  # fmt: skip


class OrganisationHeard(Heard):
    """What is read of an organisation; what an older fact lacks is empty."""

    code: str
    ends_on: date | None = None
    successions: tuple[Succession, ...] = ()


async def keep_organisation(tx: Transaction, said: OrganisationHeard, event: Event) -> None:
    """Keep the newest state."""
    row = insert(OrganisationCopy).values(
        code=said.code,
        revision=event.sequence,
        ends_on=said.ends_on,
        successions=[each.model_dump(mode="json") for each in said.successions],
    )
    newer = row.on_conflict_do_update(
        index_elements=[OrganisationCopy.code],
        set_={name: row.excluded[name] for name in ("revision", "ends_on", "successions")},
        where=OrganisationCopy.revision < row.excluded.revision,
    )
    await tx.execute(newer)
