"""What a process says of itself is a line that a program can read, without personal data."""

import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from fastapi import APIRouter
from kit import journal
from kit.database import Transaction
from kit.edge import PublicRoute
from kit.embedded import Cluster
from kit.testing.harness import Harness, Says, harness
from kit.testing.overhearing import overheard
from sqlalchemy import text

IDENTITY = "131052-9030"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Let all that is logged come here."""
    with overheard() as stream:
        yield stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """Read the lines."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_loggers_of_libraries_say_json_too_and_only_their_first_line(said: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("Took %d s\nfuture: %s", 3, IDENTITY)
    logging.getLogger("aiokafka").info("of no interest")
    (line,) = lines(said)
    assert line.pop("timestamp")
    assert line == {"event": "Took 3 s", "level": "warning", "logger": "uvicorn.error"}


def test_an_exception_is_told_by_its_class_and_its_way_never_by_its_text(said: io.StringIO) -> None:
    try:
        raise ValueError(IDENTITY)
    except ValueError:
        structlog.get_logger().exception("ours")
        logging.getLogger("asyncio").exception("theirs")
    ours, theirs = lines(said)
    for line in (ours, theirs):
        assert line["error"] == "ValueError"
        assert line["way"][-1].startswith("observability/test_journal.py:")
    assert IDENTITY not in said.getvalue()


def test_warnings_are_lines_too(said: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    (line,) = lines(said)
    assert line["logger"] == "py.warnings"


class Terminal(io.StringIO):
    """A stream that a person reads."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_at_a_terminal_lines_are_for_people(said: io.StringIO) -> None:
    terminal = Terminal()
    journal.configure(terminal)
    structlog.get_logger().warning("begins again", job="relay")
    logging.getLogger("aiokafka").error("away")
    assert "begins again" in terminal.getvalue()
    assert "away" in terminal.getvalue()
    assert "{" not in terminal.getvalue()


faulty = APIRouter(route_class=PublicRoute)


@faulty.get("/faults/{identity}")
async def fault(identity: str) -> None:
    """Fail with what was sent."""
    raise ValueError(identity)


@pytest.fixture
async def referrals(cluster: Cluster, tmp_path: Path) -> Any:
    """Run referrals, with a route that fails."""
    async with harness(cluster, tmp_path, "referrals") as running:
        running.app.include_router(faulty)
        yield running


async def test_each_request_is_a_line_with_route_status_organisation_and_trace(
    referrals: Harness, said: io.StringIO
) -> None:
    te = referrals.caller("te-pohjois-pohjanmaa", traceparent=TRACEPARENT)
    assert (await te.get("/referrals?box=sent")).status_code == 200
    assert (await referrals.anyone().get("/referrals/-/x")).status_code == 404
    answered, unknown = lines(said)
    assert answered.pop("ms") > 0
    assert answered.pop("timestamp")
    assert answered == {
        "event": "request", "level": "info", "method": "GET", "route": "/referrals",
        "status": 200, "organisation": "te-pohjois-pohjanmaa", "service": "referrals",
        "trace": TRACE,
    }  # fmt: skip
    assert unknown["route"] == "unknown"
    assert unknown["trace"] not in (TRACE, "0" * 32)


async def test_the_log_of_requests_can_be_switched_off(
    referrals: Harness, said: io.StringIO
) -> None:
    quiet = referrals.service.settings.model_copy(update={"access_log": False})
    referrals.service.settings = quiet
    await referrals.caller("oulu").get("/referrals?box=sent")
    assert not lines(said)


async def test_no_log_holds_what_was_sent_whatever_becomes_of_it(
    referrals: Harness, said: io.StringIO
) -> None:
    te = referrals.caller("te-pohjois-pohjanmaa")
    person = {"identity_code": IDENTITY, "name": "Aino Testaaja"}
    for _ in range(2):
        await te.post("/clients", json={"identity_code": IDENTITY})
    await te.post("/clients", json=person)
    await te.post("/clients/search", json={"identity_code": IDENTITY})
    await te.get(f"/clients/{IDENTITY}", params={"name": "Aino Testaaja"})
    await te.get(f"/referrals?box={IDENTITY}")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(referrals.app)) as anyone:
        answer = await anyone.get(f"http://here/faults/{IDENTITY}")
    assert answer.status_code == 500
    failed = [line for line in lines(said) if line["event"] == "request failed"]
    assert [(line["route"], line["error"]) for line in failed] == [
        ("/faults/{identity}", "ValueError")
    ]
    assert answer.json()["trace"] == failed[0]["trace"]
    assert len(lines(said)) == 8
    assert_nothing_personal(said)


INSERT = text("""
    INSERT INTO idempotency (organisation, route, key, body_hash, answer)
    VALUES (:who, '', '', '', '')
""")


async def test_what_the_database_says_of_a_row_is_not_logged(
    referrals: Harness, said: io.StringIO
) -> None:
    tx: Transaction
    try:
        async with referrals.service.worker.begin() as tx:
            for _ in range(2):
                await tx.execute(INSERT, {"who": "Aino Testaaja"})
    except Exception:  # noqa: BLE001 (whatever it is, it is logged)
        structlog.get_logger().exception("failed", exc_info=sys.exc_info())
    assert lines(said)[0]["error"] == "IntegrityError"
    assert_nothing_personal(said)


async def test_a_fault_in_a_reaction_is_logged_with_ids_only(
    referrals: Harness, said: io.StringIO
) -> None:
    bad = {"code": {"name": "Aino Testaaja", "identity_code": IDENTITY}}
    record = Says("partners", {}).record(
        "partners.organisation.registered.v1", "organisations/oulu", **bad
    )
    await referrals.receive(record)
    (line,) = lines(said)
    assert (line["error"], line["subject"]) == ("ValidationError", "organisations/oulu")
    assert_nothing_personal(said)


def assert_nothing_personal(stream: io.StringIO) -> None:
    """Fail where a person can be read of."""
    for word in (IDENTITY, "131052", "Aino", "Testaaja"):
        assert word not in stream.getvalue()
