"""The disclosure log: no log, no data; nobody changes it; whoever does is found."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from kit import clock
from kit.database import Database, Transaction
from kit.testing import Harness
from referrals.domain.data_classes import CLASSES
from referrals.queries.disclosures import Witnessed, verified
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from .builders import OULU, TE, given, sent, step

SEALED = "referrals.disclosures.sealed.v1"


@asynccontextmanager
async def owner(service: Harness) -> AsyncIterator[Transaction]:
    """Work in the database as the one who may do anything there."""
    database = Database(service.service.settings.app_url.replace("_app", "_owner"), pool_size=1)
    try:
        async with database.begin() as tx:
            await tx.execute(text("SET LOCAL kit.maintains TO 'on'"))
            yield tx
    finally:
        await database.close()


async def did(service: Harness, *statements: str) -> None:
    """Tamper."""
    async with owner(service) as tx:
        for statement in statements:
            await tx.execute(text(statement))


async def log_of(service: Harness, client_id: str, organisation: str = TE) -> list[dict[str, Any]]:
    """Read who saw or wrote what of a client."""
    answer = await service.caller(organisation).get(f"/clients/{client_id}/disclosures")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def wrong(service: Harness, witnessed: dict[UUID, Sequence[Witnessed]]) -> list[str]:
    """Say what the audit finds."""
    async with service.service.worker.begin() as tx:
        _, found = await verified(tx, witnessed)
    return sorted({finding.what for finding in found})


async def sealed(service: Harness) -> dict[UUID, Sequence[Witnessed]]:
    """Let an hour pass, and give what a witness then keeps."""
    await service.service.timers.catch_up(clock.now() + timedelta(hours=2))
    heads = [head for fact in await service.said(SEALED) for head in fact["data"]["heads"]]
    kept: dict[UUID, list[Witnessed]] = {}
    for head in heads:
        witnessed = Witnessed(head["number"], bytes.fromhex(head["hash"]))
        kept.setdefault(UUID(head["client_id"]), []).append(witnessed)
    return dict(kept)


async def looked_at(service: Harness, times: int = 4) -> str:
    """Register a client, and look at it some times."""
    te = service.caller(TE)
    client_id = str((await te.post("/clients", json={})).json()["id"])
    for _ in range(times):
        await te.get(f"/clients/{client_id}")
    return client_id


async def test_each_look_says_by_whom_what_and_by_what_right(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await sent(te)
    oulu = referrals.caller(OULU, Officer="ohjaaja-7")
    await oulu.get(f"/referrals/{referral['id']}")
    last = (await log_of(referrals, referral["client_id"]))[-1]
    assert last.pop("at") is not None
    assert last == {
        "client_id": referral["client_id"],
        "number": 6,
        "organisation": OULU,
        "officer": "ohjaaja-7",
        "action": "read",
        "classes": ["situation"],
        "purpose": "client_referral",
        "legal_basis": "statute",
        "statute": "employment_services",
        "consent_id": None,
        "agreement": "oulu",
        "clause": "client-referral",
        "version": last["version"],
        "referral_id": referral["id"],
    }
    assert last["version"] == "1"


async def test_writes_lists_and_the_reading_of_the_log_are_in_the_log(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te)
    await step(oulu, referral, "accept")
    await oulu.get("/referrals?box=received")
    await log_of(referrals, referral["client_id"])
    seen = [
        (e["organisation"], e["action"]) for e in await log_of(referrals, referral["client_id"])
    ]
    wrote, read = "write", "read"
    assert seen == [
        (TE, wrote), (TE, wrote), (TE, wrote), (TE, read), (TE, wrote),
        (OULU, read), (OULU, wrote), (OULU, read), (TE, read),
    ]  # fmt: skip


async def test_what_is_told_of_a_person_names_its_classes(referrals: Harness) -> None:
    te = referrals.caller(TE)
    client = (await te.post("/clients", json={"identity_code": "131052-9030"})).json()
    await te.patch(
        f"/clients/{client['id']}", json={"phone": "+358 50 0"}, headers={"If-Match": '"1"'}
    )
    classes = [set(entry["classes"]) for entry in await log_of(referrals, client["id"])]
    assert classes == [{"identity", "situation"}, {"contact", "situation"}]


async def test_a_draft_that_a_fact_made_is_in_the_log_once(referrals: Harness) -> None:
    client = (await referrals.caller(TE).post("/clients", json={})).json()["id"]
    fact = await referrals.hear(
        "assessments.assessment.need_confirmed.v1",
        "assessments/1",
        assessment_id=client,
        client_id=client,
        organisation=TE,
        need="skills",
    )
    await referrals.receive(fact)
    seen = [(e["officer"], e["action"]) for e in await log_of(referrals, client)]
    assert seen == [("officer", "write"), ("system", "write")]


async def test_without_the_log_nothing_leaves_and_nothing_is_changed(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await sent(te)
    said = len(await referrals.said())
    await did(referrals, "REVOKE INSERT ON disclosure FROM referrals_app")
    for answer in (
        await te.get(f"/clients/{referral['client_id']}"),
        await te.get(f"/referrals/{referral['id']}"),
        await te.get("/referrals"),
        await te.post("/clients", json={}),
    ):
        assert answer.status_code == 500
        assert referral["client_id"] not in answer.text
    assert len(await referrals.said()) == said


async def test_an_answer_that_is_given_again_is_logged_again(referrals: Harness) -> None:
    te = referrals.caller(TE)
    key = {"Idempotency-Key": "once"}
    made = [(await te.post("/clients", json={}, headers=key)).json() for _ in "12"]
    assert made[0] == made[1]
    assert len(await log_of(referrals, made[0]["id"])) == 2


@pytest.mark.parametrize("role", ["database", "worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disclosure SET entry = ''",
        "DELETE FROM disclosure",
        "TRUNCATE disclosure",
        "UPDATE disclosure_head SET number = 0",
        "DELETE FROM disclosure_head",
        "INSERT INTO disclosure_head SELECT id, 'x', 9, '', 0, now() FROM client",
        "ALTER TABLE disclosure DISABLE TRIGGER ALL",
    ],
)
async def test_no_role_that_works_can_change_the_log(
    referrals: Harness, role: str, statement: str
) -> None:
    await looked_at(referrals)
    with pytest.raises(DBAPIError) as refused:
        async with getattr(referrals.service, role).begin() as tx:
            await tx.execute(text(statement))
    assert getattr(refused.value.orig, "sqlstate", None) == "42501"  # insufficient privilege


FORGED = "UPDATE disclosure SET entry = replace(entry, 'te-pohjois-pohjanmaa', 'oulu')"
TAMPERED = {
    "an edit": ([f"{FORGED} WHERE number = 3"], "an entry was changed"),
    "a deletion": (["DELETE FROM disclosure WHERE number = 3"], "an entry is missing"),
    "a deletion that closes the gap": (
        [
            "DELETE FROM disclosure WHERE number = 3",
            "UPDATE disclosure SET number = number - 1 WHERE number > 3",
        ],
        "an entry was changed",
    ),
    "a reorder": (
        [
            "UPDATE disclosure SET number = 100 WHERE number = 2",
            "UPDATE disclosure SET number = 2 WHERE number = 3",
            "UPDATE disclosure SET number = 3 WHERE number = 100",
        ],
        "an entry was changed",
    ),
    "a cut tail": (["DELETE FROM disclosure WHERE number > 3"], "the end was cut off"),
    "a cut tail with its head": (
        [
            "DELETE FROM disclosure WHERE number > 3",
            """UPDATE disclosure_head AS h SET number = 3, hash = d.hash FROM disclosure AS d
               WHERE d.client_id = h.client_id AND d.number = 3""",
        ],
        "the end was cut off",
    ),
    "all of it": (
        ["DELETE FROM disclosure", "DELETE FROM disclosure_head"],
        "the whole chain is gone",
    ),
    "a chain that was written anew": (
        [
            "CREATE TEMP TABLE kept AS SELECT * FROM disclosure ORDER BY number",
            "DELETE FROM disclosure",
            "DELETE FROM disclosure_head",
            f"{FORGED.replace('disclosure', 'kept')} WHERE number = 3",
            """INSERT INTO disclosure (client_id, entry)
               SELECT client_id, entry FROM kept ORDER BY number""",
        ],
        "the chain was written anew",
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
async def test_the_audit_finds(referrals: Harness, how: str) -> None:
    statements, found = TAMPERED[how]
    await looked_at(referrals)
    witnessed = await sealed(referrals)
    assert await wrong(referrals, witnessed) == []
    await did(referrals, *statements)
    assert await wrong(referrals, witnessed) == [found]


async def test_readers_at_once_make_one_chain(referrals: Harness) -> None:
    client_id = await looked_at(referrals, times=0)
    te = referrals.caller(TE)
    await asyncio.gather(*(te.get(f"/clients/{client_id}") for _ in range(30)))
    assert [e["number"] for e in await log_of(referrals, client_id)] == list(range(1, 32))
    assert await wrong(referrals, {}) == []


async def test_what_grew_is_sealed_once_within_the_hour(referrals: Harness) -> None:
    client_id = await looked_at(referrals)
    timers = referrals.service.timers
    await timers.catch_up(clock.now() + timedelta(minutes=50))
    assert await referrals.said(SEALED) == []
    for hours in (2, 4):
        await timers.catch_up(clock.now() + timedelta(hours=hours))
    (fact,) = await referrals.said(SEALED)
    assert [(h["client_id"], h["number"]) for h in fact["data"]["heads"]] == [(client_id, 5)]
    mine = await referrals.caller(TE).get("/events", params={"limit": 1000})
    assert SEALED not in mine.text


def fields(document: dict[str, Any], schema: dict[str, Any]) -> set[str]:
    """Give the names of all fields of a schema; what is within a field with a class is of it."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    found = set(schema.get("properties", {}))
    parts = schema.get("properties", {})
    inner = [part for name, part in parts.items() if CLASSES.get(name) is None]
    inner.append(schema.get("items", {}))
    for part in (*inner, *schema.get("anyOf", [])):
        found |= fields(document, part) if part else set()
    return found


def test_every_field_of_a_view_that_names_a_client_has_its_class(referrals: Harness) -> None:
    document = referrals.app.openapi()
    named = {
        name: fields(document, schema)
        for name, schema in document["components"]["schemas"].items()
        if {"client_id", "referral_id"} & set(schema.get("properties", {}))
    }
    assert "ReferralView" in named
    unknown = {name: found - set(CLASSES) for name, found in named.items()}
    assert {name: found for name, found in unknown.items() if found} == {}
