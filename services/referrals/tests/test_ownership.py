"""PostgreSQL itself shows an organisation its own, whatever the application asks."""

from collections.abc import Sequence
from typing import Any

import pytest
from kit.database import Database
from kit.problems import Missing
from kit.testing import Harness
from referrals.domain.referral import Referral
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from .builders import OTHER, OULU, TE, drafted, given, sent, step

PARTS = ("history", "deadline", "message", "content", "attachment")
PRIVATE = (
    *("client", "referral", *PARTS, "work", "data_key", "disclosure", "disclosure_head"),
    "idempotency",
)
ORGANISATIONS = (TE, OULU, OTHER)


async def lived(referrals: Harness) -> None:
    """Let there be a draft, a referral with a message and a file, and one that was declined."""
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    await drafted(te, {"recipient": OULU})
    file = {"name": "a.txt", "type": "text/plain", "content": "VGVydmV0dWxvYQ=="}
    written = {"text": "Hei", "attachments": [file]}
    path = f"/referrals/{(await sent(te))['id']}/messages"
    assert (await te.post(path, json=written)).status_code == 201
    declined = await step(
        oulu, await sent(te), "decline", reason="no_capacity", declined_by="provider"
    )
    assert declined.status_code == 200, declined.text


async def seen(database: Database, query: str, caller: str | None) -> Sequence[Any]:
    """Ask the database, as the application's role."""
    async with database.begin(caller=caller) as tx:
        return (await tx.execute(text(query))).all()


@pytest.mark.parametrize("table", PRIVATE)
async def test_nobody_sees_nothing_and_a_stranger_neither(referrals: Harness, table: str) -> None:
    await lived(referrals)
    query = f"SELECT * FROM {table}"
    assert await seen(referrals.service.worker, query, None)
    assert await seen(referrals.service.database, query, TE)
    for caller in (None, "", OTHER):
        assert await seen(referrals.service.database, query, caller) == []


async def test_a_connection_that_is_used_again_sees_nothing(referrals: Harness) -> None:
    await lived(referrals)
    one = Database(referrals.service.settings.app_url, pool_size=1)
    who = "SELECT pg_backend_pid(), current_setting('kit.organisation', true)"
    try:
        ((process, calling),) = await seen(one, who, TE)
        assert await seen(one, "SELECT id FROM client", None) == []
        assert await seen(one, who, None) == [(process, "")]  # not NULL: it was set before
    finally:
        await one.close()
    assert calling == TE


@pytest.mark.parametrize("organisation", ORGANISATIONS)
async def test_the_policy_is_what_the_domain_says(referrals: Harness, organisation: str) -> None:
    await lived(referrals)
    async with referrals.service.worker.begin() as tx:
        every = (await tx.scalars(select(Referral))).all()
    expected = {referral.id for referral in every if knows(referral, organisation)}
    visible = await seen(referrals.service.database, "SELECT id FROM referral", organisation)
    assert {row.id for row in visible} == expected
    for table in PARTS:
        query = f"SELECT DISTINCT referral_id FROM {table}"
        parts = {row[0] for row in await seen(referrals.service.database, query, organisation)}
        all_parts = {row[0] for row in await seen(referrals.service.worker, query, None)}
        assert parts == all_parts & expected, table


def knows(referral: Referral, organisation: str) -> bool:
    """Ask the domain."""
    try:
        return bool(referral.roles_of(organisation))
    except Missing:
        return False


ANOTHERS = {
    "a referral of another's client": (
        "INSERT INTO referral SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'id', gen_random_uuid(), 'sender', 'oulu'))).* FROM referral r LIMIT 1",
        "23503",
    ),
    "a referral in another's name": (
        "INSERT INTO referral SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'id', gen_random_uuid()))).* FROM referral r LIMIT 1",
        "42501",
    ),
    "a client in another's name": (
        "INSERT INTO client (id, organisation, registered_at, revision) "
        "VALUES (gen_random_uuid(), 'te-pohjois-pohjanmaa', now(), 1)",
        "42501",
    ),
    "a line in the history of another's draft": (
        "INSERT INTO history (referral_id, revision, step, organisation, officer, role, at) "
        "VALUES ('{draft}', 99, 'x', 'oulu', 'x', 'x', now())",
        "42501",
    ),
}


@pytest.mark.parametrize("what", ANOTHERS)
async def test_nobody_can_add(referrals: Harness, what: str) -> None:
    await lived(referrals)
    statement, state = ANOTHERS[what]
    find = "SELECT id FROM referral WHERE status = 'draft'"
    ((draft,),) = await seen(referrals.service.worker, find, None)
    with pytest.raises(DBAPIError) as refused:
        await seen(referrals.service.database, statement.format(draft=draft), OULU)
    assert getattr(refused.value.orig, "sqlstate", None) == state


async def test_nobody_can_change_or_remove_anothers(referrals: Harness) -> None:
    await lived(referrals)
    for statement in ("UPDATE client SET revision = 9", "DELETE FROM work", "DELETE FROM data_key"):
        done = await seen(referrals.service.database, f"{statement} RETURNING 1", OTHER)
        assert done == []
