"""Batches: each line is judged alone, nothing is lost and nothing is done twice; exports."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from kit.testing import Harness
from referrals.api.logged import LoggedRoute
from referrals.domain.disclosures import NotLogged
from sqlalchemy import text

from .builders import OFFERING, OULU, TE, given
from .test_disclosures import did, log_of

NDJSON = {"Content-Type": "application/x-ndjson"}
COUNT = text("SELECT count(*) FROM outbox WHERE subject LIKE 'referrals/%'")


async def a_client(te: AsyncClient) -> str:
    """Register an anonymous client."""
    return str((await te.post("/clients", json={})).json()["id"])


async def batch(who: AsyncClient, *lines: Any, **headers: str) -> Response:
    """Send lines: what is text goes as it is."""
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    content = "\n".join(written).encode()
    return await who.post("/referrals/batches", content=content, headers={**NDJSON, **headers})


def results(answer: Response) -> list[dict[str, Any]]:
    """Read what came of each line."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


async def facts(service: Harness) -> int:
    """Count what was said of referrals."""
    async with service.service.worker.begin() as tx:
        return int(await tx.scalar(COUNT))


async def test_each_line_is_judged_alone_and_the_order_stays(referrals: Harness) -> None:
    await given(referrals, seats=5)
    te = referrals.caller(TE)
    client = await a_client(te)
    draft = {"client_id": client, "need": "career_guidance"}
    sent = draft | {"to": {"offering": OFFERING}, "legal_basis": "statute"}
    lines = [
        draft, "", "{not json", sent, draft | {"need": "x"}, draft | {"client_id": str(uuid4())},
        draft | {"to": {"offering": "none-such"}}, draft | {"legal_basis": "statute"},
        draft | {"to": {"recipient": "some-ngo"}, "legal_basis": "statute"},
        draft | {"extra": 1}, '{"need": "a\\u0000"}', sent,
    ]  # fmt: skip
    told = results(await batch(te, *lines))
    assert [each["line"] for each in told] == [1, *range(3, 13)]
    assert [each["status"] for each in told] == [
        201, 422, 201, 422, 404, 422, 409, 403, 422, 422, 201,
    ]  # fmt: skip
    kinds = [each["problem"]["type"].rpartition("/")[2] for each in told if "problem" in each]
    assert kinds == [
        "invalid-request", "unknown-code", "not-found", "unknown-code", "not-addressed",
        "not-permitted", "invalid-request", "invalid-request",
    ]  # fmt: skip
    assert told[5]["problem"]["pointer"] == "/body/to/offering"
    statuses = [each["referral"]["status"] for each in told if "referral" in each]
    assert statuses == ["draft", "requested", "requested"]
    mine = (await te.get("/referrals")).json()["items"]
    assert [each["id"] for each in mine] == [r["referral"]["id"] for r in told if "referral" in r]
    # A line that failed at its last command has taken back its first ones, and said nothing.
    assert await facts(referrals) == 1 + 3 + 3
    received = (await referrals.caller(OULU).get("/referrals?box=received")).json()["items"]
    assert len(received) == 2


async def test_what_a_batch_tells_of_clients_is_in_their_logs(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    one, other = await a_client(te), await a_client(te)
    lines = [{"client_id": one}, {"client_id": one}, {"client_id": other}]
    told = results(await batch(te, *lines))
    for client, count in ((one, 2), (other, 1)):
        entries = [e for e in await log_of(referrals, client) if e["referral_id"]]
        assert len(entries) == count
        assert {e["action"] for e in entries} == {"write"}
    assert len(told) == 3


async def test_no_log_no_batch(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    client = await a_client(te)
    said = await facts(referrals)
    await did(referrals, "REVOKE INSERT ON disclosure FROM referrals_app")
    answer = await batch(te, {"client_id": client})
    assert answer.status_code == 500
    assert client not in answer.text
    assert await facts(referrals) == said


async def test_a_batch_that_was_cut_off_did_nothing_and_again_does_all_of_it_once(
    referrals: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await given(referrals)
    te, key = referrals.caller(TE), {"Idempotency-Key": uuid4().hex}
    lines = [{"client_id": await a_client(te)} for _ in range(20)]

    async def cut(*_: Any) -> None:
        raise NotLogged

    with monkeypatch.context() as broken:
        broken.setattr(LoggedRoute, "leave", cut)
        assert (await batch(te, *lines, **key)).status_code == 500
    assert await facts(referrals) == 0
    first = await batch(te, *lines, **key)
    again = await batch(te, *lines, **key)
    assert len(results(first)) == 20
    assert first.content == again.content
    assert await facts(referrals) == 20
    assert (await batch(te, *lines[:19], **key)).json()["type"].endswith("idempotency-key-reused")


@pytest.mark.parametrize(("count", "status"), [(0, 422), (1000, 200), (1001, 422)])
async def test_a_batch_has_one_line_to_a_thousand(
    referrals: Harness, count: int, status: int
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    line = {"client_id": await a_client(te), "urgent": True}
    answer = await batch(te, *[line] * count)
    assert answer.status_code == status, answer.text
    if status != 200:
        assert answer.json()["type"].endswith("/batch-size")
        assert answer.json()["most"] == 1000
    assert await facts(referrals) == (count if status == 200 else 0)


async def test_a_batch_in_another_form_or_too_large_is_refused(referrals: Harness) -> None:
    te = referrals.caller(TE)
    answer = await te.post("/referrals/batches", json={"client_id": str(uuid4())})
    assert (answer.status_code, answer.json()["accepted"]) == (415, ["application/x-ndjson"])
    assert (await batch(te, " " * (1024 * 1024 + 1))).status_code == 413


EXPORT = {"Accept": "application/x-ndjson"}


async def some(te: AsyncClient, count: int) -> list[str]:
    """Draft some referrals, each of a client of its own."""
    lines = [{"client_id": await a_client(te)} for _ in range(count)]
    return [each["referral"]["id"] for each in results(await batch(te, *lines))]


async def test_an_export_has_all_of_ones_own_in_its_order_and_nothing_of_others(
    referrals: Harness,
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    drafts = await some(te, 7)
    lines = results(await te.get("/referrals?limit=3", headers=EXPORT))
    assert [line["id"] for line in lines] == drafts
    assert lines == (await te.get("/referrals")).json()["items"]
    for line in lines:
        reads = [e for e in await log_of(referrals, line["client_id"]) if e["action"] == "read"]
        assert len([e for e in reads if e["referral_id"] == line["id"]]) == 2
    assert results(await referrals.caller(OULU).get("/referrals", headers=EXPORT)) == []
    assert results(await te.get("/referrals?status=completed", headers=EXPORT)) == []


async def test_a_page_of_an_export_that_cannot_be_logged_does_not_leave(
    referrals: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    await some(te, 4)

    async def cannot(*_: Any) -> None:
        raise NotLogged

    monkeypatch.setattr("referrals.api.logged.log_page", cannot)
    app, parts = referrals.app, []
    with pytest.raises(NotLogged):
        await called(app, te, parts.append)
    assert len([line for part in parts for line in part.splitlines()]) == 2
    await did(referrals, "REVOKE INSERT ON disclosure FROM referrals_app")
    assert (await te.get("/referrals", headers=EXPORT)).status_code == 500


async def called(app: Any, who: AsyncClient, take: Any) -> None:
    """Ask for an export as a server does, and take each part as it leaves."""
    headers = {**who.headers, "accept": "application/x-ndjson"}
    scope = {
        "type": "http", "method": "GET", "path": "/referrals", "query_string": b"limit=2",
        "headers": [(n.lower().encode(), v.encode()) for n, v in headers.items()],
        "http_version": "1.1", "scheme": "http", "server": ("test", 80), "root_path": "",
        "raw_path": b"/referrals", "client": None, "extensions": {},
    }  # fmt: skip

    async def receive() -> Any:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            take(message["body"])

    await app(scope, receive, send)
