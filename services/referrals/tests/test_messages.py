"""Messages between the two ends, with attachments: closed under the client's key, in no fact."""

from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest
from kit import clock
from kit.testing import Harness
from kit.vault import destroy_key
from sqlalchemy import text

from .builders import OFFERING, OTHER, OULU, TE, agreed, drafted, given, sent, walked

CANARY = "Asiakas pelkää-71c4"
FILE = {"name": "suunnitelma.txt", "type": "text/plain", "content": b64encode(b"Ma 9.00").decode()}
PDF = b64encode(b"%PDF-1.7 x").decode()


async def written(who: Any, referral: dict[str, Any], *files: dict[str, str]) -> dict[str, Any]:
    """Write a message."""
    body = {"text": CANARY, "attachments": list(files)}
    answer = await who.post(f"/referrals/{referral['id']}/messages", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_the_two_ends_read_what_they_write_and_nobody_else(referrals: Harness) -> None:
    await given(referrals)
    te, oulu, other = (referrals.caller(who) for who in (TE, OULU, OTHER))
    referral = await sent(te)
    message = await written(te, referral, FILE)
    path = f"/referrals/{referral['id']}"
    seen = (await oulu.get(f"{path}/messages")).json()["items"]
    assert [(m["text"], m["organisation"], m["read_at"]) for m in seen] == [(CANARY, TE, None)]
    file = await oulu.get(f"{path}/attachments/{seen[0]['attachments'][0]['id']}")
    assert (file.content, file.headers["content-disposition"]) == (b"Ma 9.00", "attachment")
    assert (await oulu.get(f"{path}/attachments/{uuid4()}")).status_code == 404
    for answer in (
        await other.get(f"{path}/messages"),
        await other.post(f"{path}/messages", json={"text": "x"}),
    ):
        assert answer.status_code == 404
    marked = await oulu.put(f"{path}/messages/read", json={"up_to": message["id"]})
    assert marked.status_code == 204
    assert (await te.get(f"{path}/messages")).json()["items"][0]["read_at"] is not None


async def test_neither_facts_nor_tables_hold_the_text_or_a_files_name(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await sent(te)
    await written(te, referral, FILE)
    said = await referrals.said("referrals.referral.message_sent.v1")
    assert len(said) == 1
    assert CANARY.encode() not in orjson.dumps(said)
    async with referrals.service.worker.begin() as tx:
        for table in ("message", "attachment", "content"):
            rows = (await tx.execute(text(f"SELECT t::text FROM {table} t"))).scalars().all()
            for name in (CANARY, "suunnitelma", "Ma 9.00"):
                assert not any(name.encode().hex() in row or name in row for row in rows)


async def test_with_the_clients_key_the_messages_are_gone(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await sent(te)
    await written(te, referral)
    async with referrals.service.worker.begin() as tx:
        client = await tx.scalar(text("SELECT client_id FROM referral"))
        await destroy_key(tx, client, TE)
    assert (await te.get(f"/referrals/{referral['id']}/messages")).json()["items"] == []


async def test_the_same_content_is_kept_once(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await sent(te)
    await written(te, referral, FILE, {**FILE, "name": "toinen.txt"})
    await written(te, referral, FILE)
    async with referrals.service.worker.begin() as tx:
        kept = [
            await tx.scalar(text(f"SELECT count(*) FROM {t}")) for t in ("content", "attachment")
        ]
    assert kept == [1, 3]


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"type": "text/html"}, "type"),
        ({"name": "../x.txt"}, "name"),
        ({"name": "x.exe"}, "name"),
        ({"name": "x.pdf", "type": "application/pdf"}, "content"),
        ({"content": PDF, "name": "x.png", "type": "image/png"}, "content"),
        ({"content": "!"}, "content"),
        ({"content": ""}, "content"),
        ({"content": b64encode(b"\xff\xfe").decode()}, "content"),
        ({"content": b64encode(b"a" * 501 * 1024).decode()}, "content"),
    ],
)
async def test_a_file_that_is_not_what_it_says_is_refused_by_the_place(
    referrals: Harness, wrong: dict[str, str], place: str
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await sent(te)
    body = {"text": "x", "attachments": [{**FILE, **wrong}]}
    refused = await te.post(f"/referrals/{referral['id']}/messages", json=body)
    assert refused.status_code == 422
    assert refused.json()["pointer"] == f"/body/attachments/0/{place}"


async def test_nothing_new_is_written_after_the_agreement_or_the_consent_has_ended(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    accepted = await walked(te, oulu, await sent(te), "accept")
    consented = await walked(te, oulu, await sent(te, "consent"))
    await written(te, consented)
    await walked(te, oulu, consented, "withdraw_consent")
    closed = await te.post(f"/referrals/{consented['id']}/messages", json={"text": "x"})
    assert closed.json()["type"].endswith("/problems/messages-closed")
    assert (await oulu.get(f"/referrals/{consented['id']}/messages")).status_code == 404
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    await agreed(referrals, valid_from="2020-01-01", valid_until=yesterday)
    refused = await te.post(f"/referrals/{accepted['id']}/messages", json={"text": "x"})
    assert refused.json()["type"].endswith("/problems/not-permitted")


async def test_a_draft_has_no_other_end_to_write_to(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    draft = await drafted(te, {"offering": OFFERING})
    refused = await te.post(f"/referrals/{draft['id']}/messages", json={"text": "x"})
    assert refused.status_code == 409
