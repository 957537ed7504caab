"""The estate in separate processes: the same numbers, and a service that dies comes back."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from kumppani.estate import SERVICES, Place
from kumppani.scenario import ANSWERS

from .test_main_job import KUMPPANI, free_port

PATIENCE_SECONDS = 180


class Estate:
    """The demo, which stays up."""

    def __init__(self, data: Path, form: list[str]) -> None:
        self.data = data
        self.environment = os.environ | {"DATA": str(data), "PORT": str(free_port())}
        self.url = f"http://127.0.0.1:{self.environment['PORT']}"
        self.log = data.with_suffix(".log")
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [KUMPPANI, "demo", *form], env=self.environment, stdout=log, stderr=log
            )

    def played(self) -> bool:
        """Say whether the main job is done."""
        assert self.process.poll() is None, self.log.read_text()
        return "Stays up" in self.log.read_text()

    def children(self) -> dict[str, psutil.Process]:
        """Find the services' processes."""
        found = {}
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess, IndexError):  # it ends, or has only just begun
                found[child.cmdline()[2]] = child
        return found

    def called(self, organisation: str) -> httpx.Client:
        """Call as an organisation."""
        scopes = [f"{s}:{kind}" for s in SERVICES for kind in ("read", "write")]
        issued = Place(self.data, 0).issuer().token(organisation, scopes)
        token = {"Authorization": f"Bearer {issued}"}
        return httpx.Client(base_url=self.url, headers=token, timeout=40)

    def counted(self) -> dict[str, Any]:
        """Read the newest value of each indicator that does not measure time, and its parts."""
        with self.called("pohjois-pohjanmaa") as council:
            indicators = council.get("/metrics/indicators").raise_for_status().json()["items"]
        latest = {i["code"]: i["latest"] for i in indicators}
        assert latest.pop("referral-time-to-decision")["parts"]["cases"] == 4
        return {code: value and (value["value"], value["parts"]) for code, value in latest.items()}


@contextmanager
def estate(data: Path, *form: str) -> Iterator[Estate]:
    """Run the demo in a form while the body runs."""
    running = Estate(data, list(form))
    try:
        eventually(running.played)
        yield running
    finally:
        if running.process.poll() is None:
            running.process.terminate()
            running.process.wait(PATIENCE_SECONDS)


def eventually(holds: Callable[[], Any]) -> Any:
    """Wait until something holds, and give it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := holds()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)
    return found


@pytest.fixture(scope="module")
def separate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Run the estate in separate processes."""
    with pytest.MonkeyPatch.context() as patch:
        for service in SERVICES:
            patch.setenv(f"{service.upper()}_ACCESS_LOG", "true")
        with estate(tmp_path_factory.mktemp("separate") / "data", "--separate") as running:
            yield running


def test_the_main_job_ends_with_the_same_numbers_in_both_forms(
    separate: Estate, tmp_path: Path
) -> None:
    assert set(separate.children()) == set(SERVICES)
    with estate(tmp_path / "data") as together:
        assert together.children() == {}
        assert together.counted() == separate.counted()
        for service in SERVICES:
            assert services_in(together, service) == {service}


def services_in(estate: Estate, service: str) -> set[str]:
    """Give the services that the numbers at one service's address speak of."""
    told = httpx.get(f"{estate.url}/{service}/-/metrics").raise_for_status().text
    return set(re.findall(r'[{,]service="([a-z]+)"', told))


def test_the_log_of_the_main_job_tells_each_request_and_of_no_person(separate: Estate) -> None:
    log = separate.log.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    asked = {(line["service"], line["route"]) for line in lines if line["event"] == "request"}
    assert ("referrals", "/clients") in asked
    assert {service for service, _ in asked} == set(SERVICES)
    assert not [line for line in lines if line["level"] in {"error", "critical"}]
    assert len({line["trace"] for line in lines if line["event"] == "request"}) > len(SERVICES)
    assert not re.search(r"[0-3]\d[01]\d{3}[-+A-FU-Y]9\d\d[0-9A-Y]", log)  # test identities
    assert str(ANSWERS) not in log


def test_no_secret_is_on_a_command_line(separate: Estate) -> None:
    secrets = (separate.data / "secrets.json").read_text().split('"')[3::4]
    assert len(secrets) == 2 * len(SERVICES) + 1  # the master key of referrals
    lines = [" ".join(child.cmdline()) for child in separate.children().values()]
    assert not [line for line in lines for secret in secrets if secret in line]


def test_the_gateway_passes_on_what_it_gets(separate: Estate) -> None:
    with separate.called("te-pohjois-pohjanmaa") as te:
        made = te.post("/referrals/clients", json={}, headers={"Idempotency-Key": "gateway"})
        assert (made.status_code, made.headers["etag"]) == (201, '"1"')
        unchanged = {"If-None-Match": '"1"'}
        seen = te.get(f"/referrals/clients/{made.json()['id']}", headers=unchanged)
        assert seen.status_code in {200, 304}
        too_much = te.post(
            "/referrals/clients", content=b" " * 2_000_000, headers={"Idempotency-Key": "much"}
        )
        assert too_much.status_code == 413
        page = te.get("/referrals/events?limit=1000")
        waited = te.get(page.links["next"]["url"] + "&wait=1")
        assert (waited.status_code, waited.json()) == (200, [])
        assert te.get("/partners/docs").text.count("/partners/openapi.json") == 1
        assert (
            te.get("/partners", follow_redirects=False).headers["location"].endswith("/partners/")
        )


def test_a_service_that_is_killed_comes_back_and_the_estate_goes_on(separate: Estate) -> None:
    killed = separate.children()["referrals"]
    killed.kill()
    eventually(lambda: separate.children().get("referrals") not in {None, killed})
    with separate.called("te-pohjois-pohjanmaa") as te:
        made = te.post("/referrals/clients", json={}, headers={"Idempotency-Key": "again"})
        assert made.status_code == 201
        body = {"client_id": made.json()["id"], "instrument": "elamantilanne"}

        def begun() -> bool:
            answer = te.post(
                "/assessments/assessments", json=body, headers={"Idempotency-Key": "again"}
            )
            return answer.status_code == 201

        eventually(begun)  # the fact of the client arrived from the new process
    assert "referrals ended with -9; it starts again" in separate.log.read_text()


def test_sigterm_ends_all_with_0_also_those_who_wait_for_facts(separate: Estate) -> None:
    children = separate.children().values()
    with separate.called("te-pohjois-pohjanmaa") as te, waiting(te, "/vacancies/events") as poll:
        separate.process.send_signal(signal.SIGTERM)
        assert separate.process.wait(20) == 0
        assert poll.recv(1000).startswith(b"HTTP/1.1 200")
    assert not [child for child in children if child.is_running()]
    assert not (separate.data / "postgresql" / "data" / "postmaster.pid").exists()


@contextmanager
def waiting(caller: httpx.Client, feed: str) -> Iterator[socket.socket]:
    """Ask a feed for what comes after its end; the answer is still to come."""
    page = caller.get(f"{feed}?limit=1000").raise_for_status()
    path = httpx.URL(page.links["next"]["url"] + "&wait=30").raw_path.decode()
    token = caller.headers["Authorization"]
    asked = f"GET {path} HTTP/1.1\r\nHost: kumppani\r\nAuthorization: {token}\r\n\r\n"
    with socket.create_connection((caller.base_url.host, caller.base_url.port or 0)) as poll:
        poll.sendall(asked.encode())
        time.sleep(1)  # until it is under way: who only knocked is turned away at the end
        yield poll
