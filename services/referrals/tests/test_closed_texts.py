"""What is written about a client stands nowhere open: notes and places of visits, old ones too."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from kit import clock
from kit.database import Database
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import of_old
from kit.timers import Timer, Timers
from kit.vault import Vault, key_of, rotated
from referrals.commands.close_texts import close_texts
from referrals.domain.history import history_of
from referrals.domain.referral import Referral
from referrals.queries.referrals import visit_of
from sqlalchemy import Connection, text

from .builders import OULU, TE, VISIT, given, sent, step, walked

BEFORE = "20261124_contact"
MASTER, NEW_MASTER = "m" * 32, "n" * 32
CLIENT, OLD, WRITTEN = uuid4(), uuid4(), datetime(2026, 1, 7, 12, tzinfo=UTC)
COUNT = 450  # notes of then, more than are closed at once
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


async def dump(database: Database) -> str:
    """Give all that the tables hold, bytes as hexadecimal digits."""
    async with database.begin() as tx:
        found: list[str] = []
        for table in (await tx.scalars(text(TABLES))).all():
            quoted = f'"{table}"'
            query = text(f"SELECT to_jsonb({quoted})::text FROM {quoted}")
            found += (await tx.scalars(query)).all()
    return "\n".join(found)


def is_in(written: str, dumped: str) -> bool:
    return written in dumped or written.encode().hex() in dumped


async def test_no_text_about_a_client_is_in_any_table(referrals: Harness) -> None:
    te, oulu, referral = await written(referrals)
    dumped = await dump(referrals.service.worker)
    assert len(dumped) > 1000
    assert is_in("ohjaamo-oulu-guidance", dumped)
    for text_ in ("kanaria-viesti", "kanaria-nimi", "kanaria-saate", "kanaria-paikka"):
        assert not is_in(text_, dumped), text_
    for who in (te, oulu):
        seen = (await who.get(f"/referrals/{referral['id']}")).json()
        assert seen["visit"]["place"] == "kanaria-paikka"
        assert "kanaria-saate" in {entry["note"] for entry in seen["history"]}


async def test_a_note_opens_in_its_own_row_alone(referrals: Harness) -> None:
    te, _, referral = await written(referrals)
    await change(
        referrals.service.worker,
        "UPDATE history SET note_sealed = (SELECT note_sealed FROM history "
        "WHERE note_sealed IS NOT NULL LIMIT 1) WHERE step = 'draft'",
    )
    assert (await te.get(f"/referrals/{referral['id']}")).status_code == 500


async def test_a_place_opens_in_its_own_row_alone(referrals: Harness) -> None:
    te, oulu, referral = await written(referrals)
    other = await walked(te, oulu, await sent(te), "accept", ("schedule", {"visit": VISIT}))
    await change(
        referrals.service.worker,
        "UPDATE referral SET visit_place_sealed = "
        f"(SELECT visit_place_sealed FROM referral WHERE id = '{referral['id']}') "
        f"WHERE id = '{other['id']}'",
    )
    assert (await te.get(f"/referrals/{other['id']}")).status_code == 500


async def test_what_was_closed_opens_after_the_keys_were_wrapped_anew(referrals: Harness) -> None:
    _, _, referral = await written(referrals)
    old = referrals.service.settings.master_key.get_secret_value()  # type: ignore[attr-defined]
    database = referrals.service.worker
    assert [each async for each in rotated(database, Vault(NEW_MASTER, old))][-1] == (1, 1)
    notes, place = await opened(database, Vault(NEW_MASTER), UUID(referral["id"]))
    assert ("kanaria-saate" in notes, place) == (True, "kanaria-paikka")


async def test_a_reason_is_a_code_and_no_text(referrals: Harness) -> None:
    await given(referrals, seats=3)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    answer = await step(oulu, await sent(te), "accept", reason="Tuttu perhe")
    assert answer.status_code == 422
    assert answer.json()["pointer"] == "/body/reason"


async def written(referrals: Harness) -> tuple[AsyncClient, AsyncClient, dict[str, Any]]:
    """Write a text into each place that there is for one."""
    await given(referrals, seats=3)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te)
    visit = VISIT | {"place": "kanaria-paikka"}
    await walked(te, oulu, referral, ("accept", {"note": "kanaria-saate"}))
    await walked(te, oulu, referral, ("schedule", {"visit": visit}))
    file = {"name": "kanaria-nimi.txt", "type": "text/plain", "content": "VGVydmV0dWxvYQ=="}
    body = {"text": "kanaria-viesti", "attachments": [file]}
    answer = await oulu.post(f"/referrals/{referral['id']}/messages", json=body)
    assert answer.status_code == 201, answer.text
    return te, oulu, referral


async def change(database: Database, statement: str) -> None:
    async with database.begin() as tx:
        await tx.execute(text(statement))


async def opened(
    database: Database, vault: Vault, referral_id: UUID
) -> tuple[set[str | None], str | None]:
    """Give the notes of a referral, and the place of its visit."""
    async with database.begin() as tx:
        referral = await tx.get_one(Referral, referral_id)
        key = await key_of(tx, vault, referral.client_id)
        visit = visit_of(referral, key)
        notes = {entry["note"] for entry in await history_of(tx, referral_id, key)}
        return notes, visit and visit.place


def fill(connection: Connection) -> None:
    """Write what the software of then had written."""
    client = "INSERT INTO client (id, organisation, registered_at, revision, statute)"
    connection.execute(
        text(f"{client} VALUES (:i, :o, :a, 1, 'employment_services')"),
        {"i": CLIENT, "o": TE, "a": WRITTEN},
    )
    connection.execute(
        text("""
            INSERT INTO referral (id, client_id, sender, recipient, purpose, mode, legal_basis,
                statute, agreement, clause, status, loop, responsible, author, urgent, escalated,
                visit_at, visit_place, drafted_at, revision)
            VALUES (:id, :client, :sender, :recipient, 'client_referral', 'referral', 'statute',
                'employment_services', 'oulu', 'client-referral', 'in-progress', 'open', :sender,
                'matti', false, false, :at, 'vanha-paikka', :at, :count)
        """),
        {"id": OLD, "client": CLIENT, "sender": TE, "recipient": OULU, "at": WRITTEN,
         "count": COUNT},
    )  # fmt: skip
    connection.execute(
        text("""
            INSERT INTO history (referral_id, revision, step, organisation, officer, role, note, at)
            SELECT :id, n, 'note', :sender, 'matti', 'sender', 'vanha-saate-' || n, :at
            FROM generate_series(1, :count) AS n
        """),
        {"id": OLD, "sender": TE, "at": WRITTEN, "count": COUNT},
    )


@pytest.fixture
async def old(cluster: Cluster) -> AsyncIterator[Database]:
    """Make a database of then, with rows, and bring it up to date."""
    async with of_old(cluster, "referrals", BEFORE, fill) as database:
        yield database


async def test_what_was_written_openly_is_read_until_it_is_closed(old: Database) -> None:
    notes, place = await opened(old, Vault(MASTER), OLD)
    assert notes == {f"vanha-saate-{n}" for n in range(1, COUNT + 1)}
    assert place == "vanha-paikka"


async def test_the_service_closes_what_was_written_openly(old: Database) -> None:
    assert is_in("vanha-saate-7", await dump(old))
    vault = Vault(MASTER)
    timers = Timers(old, [Timer("texts", partial(close_texts, vault))])
    assert await timers.catch_up(clock.now()) == 3
    dumped = await dump(old)
    assert not is_in("vanha-saate", dumped)
    assert not is_in("vanha-paikka", dumped)
    notes, place = await opened(old, vault, OLD)
    assert notes == {f"vanha-saate-{n}" for n in range(1, COUNT + 1)}
    assert place == "vanha-paikka"
    assert await timers.catch_up(clock.now()) == 0


async def test_the_service_looks_for_it_by_itself(referrals: Harness) -> None:
    await given(referrals, seats=3)
    te = referrals.caller(TE)
    referral = await sent(te)
    await change(referrals.service.worker, "UPDATE history SET note = 'vanha-saate'")
    await referrals.service.timers.catch_up()
    assert not is_in("vanha-saate", await dump(referrals.service.worker))
    seen = (await te.get(f"/referrals/{referral['id']}")).json()
    assert {entry["note"] for entry in seen["history"]} == {"vanha-saate"}
