"""A client who is being assessed is alive here too: the record's time begins anew."""

from uuid import UUID

from kit.database import Transaction, hot
from kit.events import Event
from kit.facts import Heard

ACTIVE = "UPDATE client SET active_at = $2 WHERE id = $1 AND active_at < $2"
ASSESSED = (
    "assessments.assessment.started.v1",
    "assessments.assessment.answered.v1",
    "assessments.assessment.completed.v1",
)


class AssessedHeard(Heard):
    """What is read of an assessment."""

    client_id: UUID


async def keep_active(tx: Transaction, said: AssessedHeard, event: Event) -> None:
    """Note when something was done for the client last; it only moves forward."""
    await hot(tx, ACTIVE, said.client_id, event.time)
