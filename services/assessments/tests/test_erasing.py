"""Who is erased in referrals is erased here too, and stays so after a restore."""

from typing import Any
from uuid import UUID

from kit import clock
from kit.erasures import Erasure
from kit.testing import Harness
from sqlalchemy import text

REASON = "kanarialintu on huolissaan"
HELD = text("SELECT answers, suggestions, decisions, erased_at IS NOT NULL FROM assessment")


async def assessed(te: Any) -> str:
    """Let a client be assessed, with a reason in words; give the client."""
    path = await te.completed(home=3)
    answer = await te.decides(path, "housing", decision="override", reason=REASON)
    assert answer.status_code == 201, answer.text
    return str((await te.sees(path))["client_id"])


async def held(service: Harness) -> list[tuple[Any, ...]]:
    """Read what the database holds of assessments."""
    async with service.service.worker.begin() as tx:
        return [tuple(row) for row in (await tx.execute(HELD)).all()]


async def heard(te: Any, client: str) -> None:
    """Let the service hear of an erasure."""
    about = {"client_id": client, "organisation": te.organisation, "ground": "objection"}
    await te.service.hear("referrals.client.erased.v1", f"clients/{client}", **about)


async def test_what_was_answered_and_written_goes_and_that_it_was_stays(te: Any) -> None:
    client = await assessed(te)
    assert REASON in str(await held(te.service))
    await heard(te, client)
    assert await held(te.service) == [({}, [], [], True)]
    export = await te.calls().get(f"/clients/{client}/export")
    assert export.json()["erased_at"] is not None
    assert REASON not in export.text
    assert len(await te.service.said("assessments.assessment.erased.v1")) == 1
    assert (await te.begins(client_id=client)).status_code == 404
    book = te.service.service.erasures.book.read()
    assert [str(line.subject) for line in book] == [client]


async def test_whom_a_restored_database_holds_is_erased_before_anybody_is_answered(
    te: Any,
) -> None:
    client = await assessed(te)
    erasures = te.service.service.erasures
    erasures.book.add([Erasure(UUID(client), te.organisation, "objection", clock.now())])
    erasures.replayed = False  # as after a start
    assert (await te.calls().get(f"/clients/{client}/export")).json()["erased_at"] is not None
    assert await held(te.service) == [({}, [], [], True)]
