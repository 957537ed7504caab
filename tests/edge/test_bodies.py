"""Bodies on every route: what is hostile, of a wrong type, too large or too slow is a problem."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import kit.requests
import pytest
from httpx import AsyncClient, Response
from kit.requests import LARGER, MOST_BYTES
from kit.testing import Harness

from .calls import Call
from .serving import serving
from .walk import Route, everything, guarded, send, valid

JSON = {"Content-Type": "application/json"}
CANARY = "CANARY-93f1"

HOSTILE = {
    "nothing": b"",
    "not JSON": b"{",
    "two values": b"{}{}",
    "a list": b"[]",
    "a number": b"1",
    "a BOM": b"\xef\xbb\xbf{}",
    "not UTF-8": b'{"a": "\xff"}',
    "deep nesting": b"[" * 40 + b"]" * 40,
    "very deep nesting": b'{"a":' * 90_000 + b"1" + b"}" * 90_000,
}
VALUES = {
    "NaN": b"NaN",
    "infinity": b"1e999",
    "NUL": b'"a\\u0000"',
    "a lone surrogate": b'"\\ud800"',
    "deep nesting": b"[" * 40 + b"]" * 40,
    "a huge number": b"1" + b"0" * 400,
    "more than 64 bits": b"18446744073709551616",
    "more than 63 bits": b"9223372036854775808",
    "more than 32 bits": b"2147483648",
    "less than nothing": b"-1",
    "a fraction": b"0.5",
    "a long text": b'"' + b"a" * 5000 + b'"',
    "a stranger's text": f'"{CANARY}"'.encode(),
    "nothing": b"null",
    "an object": b"{}",
    "a list": b"[]",
    "a truth": b"true",
}
UNREADABLE = {"NaN", "infinity", "NUL", "a lone surrogate", "deep nesting"}


def with_bodies(service: Harness) -> Iterator[Route]:
    """Walk the routes that read a JSON body; lines have tests of their own (referrals)."""
    bodies = (route for route in guarded(service) if "requestBody" in route.about)
    return (route for route in bodies if route.form == JSON["Content-Type"])


def must_be_a_problem(answer: Response, route: Route) -> None:
    """Whatever was sent, the answer says what is wrong, and repeats nothing of it."""
    assert 400 <= answer.status_code < 500, (route, answer.text)
    assert answer.headers["content-type"] == "application/problem+json", route
    assert CANARY not in answer.text, route


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_body_is_a_problem(service: Harness, kind: str) -> None:
    me = everything(service)
    for route in with_bodies(service):
        call = await valid(service, route)
        if kind == "nothing" and not route.about["requestBody"].get("required"):
            continue
        answer = await send(me, route, call, json=None, content=HOSTILE[kind], headers=JSON)
        must_be_a_problem(answer, route)
        assert answer.status_code == 422, (route, answer.text)


@pytest.mark.parametrize("kind", VALUES)
async def test_a_hostile_value_is_a_problem_wherever_it_stands(service: Harness, kind: str) -> None:
    me = everything(service)
    for route in with_bodies(service):
        call = await valid(service, route)
        for body in replaced(call.json):
            content = json.dumps(body).encode().replace(b'"@"', VALUES[kind])
            answer = await send(me, route, call, json=None, content=content, headers=JSON)
            assert answer.is_success or answer.status_code < 500, (route, content)
            if kind in UNREADABLE or not answer.is_success:
                must_be_a_problem(answer, route)


def replaced(body: Any) -> Iterator[Any]:
    """Give a body again and again, each time with another of its values replaced by a mark."""
    for name, part in list(body.items() if isinstance(body, dict) else enumerate(body)):
        for value in ("@", *(replaced(part) if isinstance(part, dict | list) else ())):
            changed = dict(body) if isinstance(body, dict) else list(body)
            changed[name] = value
            yield changed


# Standards of others: of these bodies each part is refused by itself, or may be anything.
FOREIGN = {("metrics", "POST", "/statistics"), ("partners", "POST", "/catalogue/imports")}
OTHERWISE: dict[type, list[Any]] = {
    str: [0, True, ["a"]],
    int: ["1", 1.5, True],
    float: ["1.5", True],
    bool: ["true", 1, "yes"],
}


async def test_a_value_of_another_type_is_not_taken_for_one(service: Harness) -> None:
    me = everything(service)
    for route in with_bodies(service):
        if route.named in FOREIGN:
            continue
        call = await valid(service, route)
        for right, body in zip(leaves(call.json), replaced(call.json), strict=True):
            for wrong in OTHERWISE.get(type(right), []):
                content = json.dumps(body).replace('"@"', json.dumps(wrong)).encode()
                answer = await send(me, route, call, json=None, content=content, headers=JSON)
                assert answer.status_code == 422, (route, right, wrong)


def leaves(body: Any) -> Iterator[Any]:
    """Give the values that `replaced` replaces, in its order."""
    for part in body.values() if isinstance(body, dict) else body:
        yield part
        yield from leaves(part) if isinstance(part, dict | list) else ()


TYPES = ["text/plain", "application/xml", "application/x-www-form-urlencoded", "x", ""]


@pytest.mark.parametrize("kind", TYPES)
async def test_a_body_of_another_type_is_refused_with_those_that_will_do(
    service: Harness, kind: str
) -> None:
    for route in with_bodies(service):
        call = await valid(service, route)
        content = json.dumps(call.json).encode()
        headers = {"Content-Type": kind}
        answer = await send(
            everything(service), route, call, json=None, content=content, headers=headers
        )
        assert answer.status_code == 415, (route, answer.text)
        assert answer.json()["accepted"] == sorted(route.about["requestBody"]["content"])
        headers = {"Content-Type": "Application/JSON; charset=utf-8"}
        answer = await send(
            everything(service), route, call, json=None, content=content, headers=headers
        )
        assert answer.is_success, (route, answer.text)


async def pieces(size: int) -> AsyncIterator[bytes]:
    """Send a body without saying how long it is."""
    for _ in range(size // 1024):
        yield b" " * 1024


async def test_a_body_over_what_its_route_takes_is_refused_however_it_comes(
    service: Harness,
) -> None:
    me = everything(service)
    for route in with_bodies(service):
        call = await valid(service, route)
        most = route.about.get(LARGER, MOST_BYTES)
        for content in (b" " * (most + 1), pieces(most + 1024)):
            answer = await send(me, route, call, json=None, content=content, headers=JSON)
            assert answer.status_code == 413, (route, answer.text)
            assert answer.headers["connection"] == "close"
            assert answer.json()["most_bytes"] == most
        padded = json.dumps(call.json).encode().ljust(most)
        answer = await send(me, route, call, json=None, content=padded, headers=JSON)
        assert answer.is_success, (route, answer.text)


async def test_of_large_bodies_one_is_held_at_a_time(service: Harness) -> None:
    me = everything(service)
    for route in with_bodies(service):
        if LARGER not in route.about:
            continue
        call = await valid(service, route)
        content = json.dumps(call.json).encode().ljust(2 * MOST_BYTES)
        one, two = await asyncio.gather(
            *(send(me, route, call, json=None, content=content, headers=JSON) for _ in range(2))
        )
        assert {one.status_code, two.status_code} == {202, 503}, (route, one.text, two.text)
        again = await send(me, route, call, json=None, content=content, headers=JSON)
        assert again.status_code == 202, (route, again.text)


async def trickle() -> AsyncIterator[bytes]:
    """Send a body that never ends, a little at a time."""
    while True:
        yield b" "
        await asyncio.sleep(0.02)


async def test_a_body_that_trickles_is_cut_off(
    service: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit.requests, "MOST_SECONDS", 0.2)
    me = everything(service)
    async with asyncio.timeout(60):
        for route in with_bodies(service):
            call = await valid(service, route)
            answer = await send(me, route, call, json=None, content=trickle(), headers=JSON)
            assert answer.status_code == 408, (route, answer.text)
            assert answer.headers["connection"] == "close"


async def stalled(address: tuple[str, int], me: AsyncClient, route: Route, call: Call) -> bytes:
    """Send the beginning of a body, and wait until the connection is closed; give the answer."""
    reader, writer = await asyncio.open_connection(*address)
    lines = [
        f"{route.method} {call.path} HTTP/1.1",
        "Host: slow",
        f"Authorization: {me.headers['authorization']}",
        "Content-Type: application/json",
        "Content-Length: 100000",
        "Idempotency-Key: slow",
        f"If-Match: {call.etag}",
    ]
    writer.write("\r\n".join([*lines, "", "{"]).encode())
    try:
        return await reader.read()
    finally:
        writer.close()


async def test_bodies_that_stall_hold_nobody_up(service: Harness) -> None:
    me, pool = everything(service), service.service.settings.pool_size
    calls = [(route, await valid(service, route)) for route in with_bodies(service)]
    many = (calls * (pool + 1))[: pool + len(calls)]  # more than there are connections
    async with serving(service.app) as address, asyncio.timeout(60):
        sent = [asyncio.create_task(stalled(address, me, *call)) for call in many]
        ready = f"http://{address[0]}:{address[1]}/-/ready"
        async with AsyncClient() as caller:
            assert (await caller.get(ready)).is_success
        assert (await me.get("/events")).is_success
        assert not any(task.done() for task in sent)
        for task in sent:
            task.cancel()
        await asyncio.gather(*sent, return_exceptions=True)


async def test_a_body_that_stalls_is_answered_and_its_connection_closed(
    service: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit.requests, "MOST_SECONDS", 0.3)
    me = everything(service)
    calls = [(route, await valid(service, route)) for route in with_bodies(service)]
    async with serving(service.app) as address, asyncio.timeout(60):
        answers = await asyncio.gather(*(stalled(address, me, *call) for call in calls))
    for (route, _), answer in zip(calls, answers, strict=True):
        head, _, body = answer.decode().partition("\r\n\r\n")
        assert head.startswith("HTTP/1.1 408 "), (route, head)
        assert "connection: close" in head.lower()
        assert json.loads(body)["type"].endswith("/problems/too-slow")
