"""Idempotency-Key on every POST that creates or moves something: once, whatever is repeated."""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import starlette.responses
from httpx import Response
from kit import clock
from kit.database import hot
from kit.embedded import Cluster
from kit.idempotency import FORGET, KEPT_DAYS, STORE, once
from kit.problem_types import KEY_IN_FLIGHT
from kit.problems import Problem
from kit.testing import Harness
from kit.testing.harness import harness
from sqlalchemy import text
from starlette.requests import Request

from .calls import OTHER
from .walk import Route, everything, guarded, send, valid

DYING = Path(__file__).with_name("dying.py")


def a_key() -> dict[str, str]:
    """Give a key that nobody has used."""
    return {"Idempotency-Key": uuid4().hex}


# What has nothing more to say, as the tables of calls make it.
SILENT = {"/referrals/{referral_id}/receipts": "of one's own unit, whose receipt stands already"}


async def facts(service: Harness) -> int:
    """Count what the service has said: a command that has an effect says it."""
    async with service.service.worker.begin() as tx:
        return int(await tx.scalar(text("SELECT count(*) FROM outbox")))


def moving(service: Harness) -> Iterator[Route]:
    """Walk the routes that a key makes safe to repeat."""
    return (route for route in guarded(service) if route.moves)


def code(answer: Response) -> str:
    """Give the kind of problem that an answer tells."""
    return str(answer.json()["type"]).rpartition("/")[2]


def same(one: Response, other: Response) -> bool:
    """Whether two answers are one."""
    return (one.status_code, one.headers, one.content) == (
        other.status_code,
        other.headers,
        other.content,
    )


async def test_every_post_is_documented_with_its_key_or_as_reading(service: Harness) -> None:
    for route in guarded(service):
        assert ("Idempotency-Key" in route.parameters("header")) == route.moves, route


@pytest.mark.parametrize("key", ["", "a" * 129, "two words", "ä".encode()])
async def test_without_a_key_that_can_be_used_nothing_is_done(
    service: Harness, key: str | bytes
) -> None:
    for route in moving(service):
        call = await valid(service, route)
        before = await facts(service)
        headers = {"Idempotency-Key": key}
        answer = await send(everything(service), route, call, headers=headers)
        assert (answer.status_code, code(answer)) == (400, "idempotency-key-missing"), route
        assert await facts(service) == before, route


async def test_the_same_request_again_has_the_same_answer_and_no_effect(service: Harness) -> None:
    for route in moving(service):
        call, me, key = await valid(service, route), everything(service), a_key()
        first = await send(me, route, call, headers=key)
        assert first.is_success, (route, first.text)
        said = await facts(service)
        again = await send(me, route, call, headers=key)
        assert same(first, again), (route, again.text)
        assert await facts(service) == said, route


async def test_another_request_with_the_same_key_is_refused(service: Harness) -> None:
    for route in moving(service):
        call, me, key = await valid(service, route), everything(service), a_key()
        assert (await send(me, route, call, headers=key)).is_success, route
        said = await facts(service)
        if route.parameters("query"):
            answer = await send(me, route, call, params={}, headers=key)
            assert (answer.status_code, code(answer)) == (422, "idempotency-key-reused"), route
        answer = await send(me, route, call, json={"other": 1}, headers=key)
        assert (answer.status_code, code(answer)) == (422, "idempotency-key-reused"), route
        assert await facts(service) == said, route


async def test_a_refused_request_leaves_its_key_free(service: Harness) -> None:
    for route in moving(service):
        call, me, key = await valid(service, route), everything(service), a_key()
        headers = key | {"Content-Type": "application/json", "If-Match": '"99"'}
        refused = await send(me, route, call, content=b"[", json=None, headers=headers)
        if refused.is_success:
            continue  # it reads no body, and names no revision
        answer = await send(me, route, call, headers=key)
        assert answer.is_success, (route, answer.text)


async def test_a_key_is_its_organisations_own(service: Harness) -> None:
    for route in moving(service):
        call, key = await valid(service, route), a_key()
        mine = await send(everything(service), route, call, headers=key)
        theirs = await send(everything(service, OTHER), route, call, headers=key)
        assert mine.is_success, route
        assert not same(mine, theirs), route


async def test_two_at_once_have_one_effect(service: Harness) -> None:
    for route in moving(service):
        alone = await effect(service, route, 1)
        assert await effect(service, route, 4) == alone, route


async def test_who_finds_neither_answer_nor_lock_and_still_comes_second_has_no_effect(
    service: Harness,
) -> None:
    key, database = uuid4().hex, service.service.database

    async def body() -> dict[str, Any]:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def act() -> starlette.responses.Response:
        async with database.begin(caller="oulu") as other:  # whoever came first commits only now
            await hot(other, STORE, "oulu", "POST /x", key, b"", b"", [])
        return starlette.responses.Response("done")

    scope = {"type": "http", "method": "POST", "path": "/x", "query_string": b""}
    request = Request(scope | {"headers": [(b"idempotency-key", key.encode())]}, body)
    with pytest.raises(Problem) as refused:
        async with database.begin(caller="oulu") as tx:
            await once(tx, service.service.seal, service.service.closing, request, "oulu", act)
    assert refused.value.type is KEY_IN_FLIGHT


async def effect(service: Harness, route: Route, times: int) -> int:
    """Send one request some times at once; count the facts that it makes."""
    call, me, key = await valid(service, route), everything(service), a_key()
    before = await facts(service)
    answers = await asyncio.gather(*(send(me, route, call, headers=key) for _ in range(times)))
    done = [answer for answer in answers if answer.is_success]
    assert done, (route, answers[0].text)
    assert all(same(done[0], answer) for answer in done), route
    waiting = [code(answer) for answer in answers if not answer.is_success]
    assert set(waiting) <= {"idempotency-key-in-flight"}, (route, waiting)
    return await facts(service) - before


class Lost(httpx.ASGITransport):
    """A connection that breaks when all is done and the answer is on its way."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await super().handle_async_request(request)
        raise httpx.ReadError("the connection broke")


async def test_who_never_got_the_answer_gets_it(service: Harness) -> None:
    for route in moving(service):
        call, me, key = await valid(service, route), everything(service), a_key()
        before = await facts(service)
        async with httpx.AsyncClient(
            transport=Lost(service.app), base_url=me.base_url, headers=me.headers
        ) as unlucky:
            with pytest.raises(httpx.ReadError):
                await send(unlucky, route, call, headers=key)
        said = await facts(service)
        assert said > before or route.path in SILENT, route
        answer = await send(me, route, call, headers=key)
        assert answer.is_success, (route, answer.text)
        assert await facts(service) == said, route


async def test_a_process_that_died_before_it_answered_has_answered(
    cluster: Cluster, tmp_path: Path
) -> None:
    async with harness(cluster, tmp_path, "referrals") as service:
        settings, port = service.service.settings, free_port()
        urls = ("no owner", settings.app_url, settings.worker_url)
        process = await asyncio.create_subprocess_exec(
            sys.executable, DYING, "referrals", tmp_path, str(port), *urls
        )
        me, key = everything(service), a_key()
        dead = f"http://127.0.0.1:{port}/clients"
        async with httpx.AsyncClient(headers=me.headers) as unlucky, asyncio.timeout(60):
            while process.returncode is None:
                with suppress(httpx.TransportError):
                    await unlucky.post(dead, json={}, headers=key)
                await asyncio.sleep(0.05)
        assert await process.wait() == 9
        assert await facts(service) == 1
        answer = await me.post("/clients", json={}, headers=key)
        assert answer.status_code == 201
        assert await facts(service) == 1
        assert (await me.get(f"/clients/{answer.json()['id']}")).is_success


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_answers_are_kept_for_a_week_and_sealed(service: Harness) -> None:
    for route in moving(service):
        await send(everything(service), route, await valid(service, route), headers=a_key())
    count = text("SELECT count(*) FROM idempotency")
    age = text("UPDATE idempotency SET created_at = :at")
    almost = clock.now() - timedelta(days=KEPT_DAYS) + timedelta(minutes=1)
    async with service.service.worker.begin() as tx:
        kept = await tx.scalar(count)
        answers = (await tx.scalars(text("SELECT answer FROM idempotency"))).all()
        assert not any(b"id" in answer and b"revision" in answer for answer in answers)
        await tx.execute(age, {"at": almost})
        await tx.execute(FORGET, {"days": KEPT_DAYS})
        assert await tx.scalar(count) == kept
        await tx.execute(age, {"at": almost - timedelta(minutes=2)})
        await tx.execute(FORGET, {"days": KEPT_DAYS})
        assert await tx.scalar(count) == 0
