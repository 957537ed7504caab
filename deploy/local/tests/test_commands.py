"""The commands, as an operator types them, on an estate that runs."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest
from kit.embedded import Cluster
from kumppani.estate import Place
from kumppani.issuers import COORDINATOR
from kumppani.separate import free_port

KUMPPANI = str(Path(sys.executable).parent / "kumppani")
PATIENCE_SECONDS = 60

# The first fact of a subject, without any content: nobody can make anything of it.
POISON = """
INSERT INTO outbox (event_id, epoch, type, subject, sequence, headers, data, occurred_at)
SELECT gen_random_uuid(), epoch, '{type}', '{subject}', 1, '{{}}', '{{}}',
       now()
FROM epoch
"""
MENDED = {
    "code": "mended",
    "organisation": "oulu",
    "name": {"fi": "Korjattu"},
    "needs": ["job_search"],
    "audience": {"age_from": 15, "age_to": 29, "municipalities": ["564"]},
    "intensity": "guidance",
    "capacity": 3,
}


@dataclass
class Estate:
    """A running estate, and the commands on its data."""

    data: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """What the commands are told."""
        return os.environ | {"DATA": str(self.data), "PORT": str(self.port), "COLUMNS": "200"}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [KUMPPANI, *command],
            env=self.environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS,
        )  # fmt: skip

    def said(self, *command: str) -> str:
        """Run a command that must go well; give what it said."""
        done = self.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *command: str) -> str:
        """Run a command that must end with 1 and a line; give the line."""
        done = self.run(*command)
        assert done.returncode == 1, done.stdout + done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
        return done.stderr

    def called(self, organisation: str, *scopes: str) -> httpx.Client:
        """Call as an organisation, by a client that needs no registration."""
        issuer = Place(self.data, 0).issuer()
        token = issuer.token(organisation, list(scopes), client=COORDINATOR)
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex},
        )

    def sql(self, service: str, script: str) -> None:
        """Change a service's data behind its back."""
        Cluster.start(self.data / "postgresql").sql(script, database=service)


def eventually(read: Callable[[], Any]) -> Any:
    """Read until there is something, and give it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := read()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)
    return found


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Run the estate; it says where it is when it is ready."""
    running = Estate(tmp_path_factory.mktemp("estate") / "data", free_port())
    with subprocess.Popen(
        [KUMPPANI, "up"], env=running.environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert "dashboard" in process.stdout.readline()
        yield running
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


@pytest.fixture(scope="module")
def vacancy(estate: Estate) -> str:
    """Post a vacancy, and wait until it is counted."""
    body = {
        "title": {"fi": "Ohjelmistokehittäjä"},
        "description": {"fi": "Ohjelmistokehitystä Oulussa."},
        "employer_name": "Oulun kaupunki",
        "occupations": [
            "http://data.europa.eu/esco/occupation/f2b15a0e-e65a-438a-affb-29b9d50b77d1"
        ],
        "skills": [],
        "municipality": "564",
        "expires": "2100-01-01",
    }
    with estate.called("oulu", "vacancies:write") as oulu:
        posted = oulu.put("/vacancies/vacancies/0187690-1/one", json=body).raise_for_status()
    eventually(lambda: open_vacancies(estate) == 1)
    return str(posted.json()["id"])


def open_vacancies(estate: Estate) -> float | None:
    """Read how many vacancies are open."""
    with estate.called("oulu", "metrics:read") as oulu:
        indicators = oulu.get("/metrics/indicators").raise_for_status().json()["items"]
    latest = next(i["latest"] for i in indicators if i["code"] == "vacancies-open")
    return latest["value"] if latest else None


def test_a_replay_rebuilds_what_a_running_service_shows(estate: Estate, vacancy: str) -> None:
    estate.sql("metrics", "DELETE FROM movement")
    assert not open_vacancies(estate)
    assert "metrics begins from zero" in estate.said("replay", "metrics")
    eventually(lambda: open_vacancies(estate) == 1)


def poisoned(estate: Estate) -> tuple[str, str]:
    """Let partners say what referrals cannot hear; give the subject and the letter's number."""
    subject = f"offerings/{uuid4().hex[:8]}"
    estate.sql("partners", POISON.format(type="partners.offering.published.v1", subject=subject))
    line = eventually(lambda: re.search(rf"(?m)^(\d+) poison .*{subject}", letters(estate)))
    return subject, line.group(1)


def letters(estate: Estate) -> str:
    """List what referrals put aside."""
    return estate.said("dead-letters", "list", "referrals")


def test_a_letter_is_shown_whole_and_discarded(estate: Estate) -> None:
    subject, letter = poisoned(estate)
    shown = estate.said("dead-letters", "show", "referrals", letter)
    assert "partners.offering.published.v1" in shown
    assert "ValidationError" in shown
    estate.said("dead-letters", "discard", "referrals", letter)
    assert subject not in letters(estate)
    assert "There is no letter" in estate.refused("dead-letters", "show", "referrals", letter)


def test_a_letter_that_can_be_handled_now_is_redriven(estate: Estate) -> None:
    subject, letter = poisoned(estate)
    estate.said("dead-letters", "redrive", "referrals", letter)
    assert subject in letters(estate)  # nothing was mended
    mended = orjson.dumps(MENDED).hex()
    change = f"UPDATE dead_letter SET data = decode('{mended}', 'hex') WHERE subject = '{subject}'"
    estate.sql("referrals", change)
    again = re.search(rf"(?m)^(\d+) poison .*{subject}", letters(estate))
    assert again is not None
    estate.said("dead-letters", "redrive", "referrals", again.group(1))
    assert subject not in letters(estate)


def test_an_erasure_that_is_redriven_stands_in_the_book(estate: Estate) -> None:
    client = str(uuid4())
    told = {"client_id": client, "organisation": "oulu", "ground": "objection"}
    poison = POISON.format(type="referrals.client.erased.v1", subject=f"clients/{client}")
    estate.sql("referrals", poison)
    aside = eventually(
        lambda: re.search(
            rf"(?m)^(\d+) poison .*{client}", estate.said("dead-letters", "list", "assessments")
        )
    )
    mended = orjson.dumps(told).hex()
    estate.sql("assessments", f"UPDATE dead_letter SET data = decode('{mended}', 'hex')")
    estate.said("dead-letters", "redrive", "assessments", aside.group(1))
    assert client not in estate.said("dead-letters", "list", "assessments")
    assert client in (estate.data / "erasures" / "assessments").read_text()


@pytest.fixture(scope="module")
def client(estate: Estate) -> str:
    """Register a client with a name."""
    with estate.called("oulu", "referrals:read referrals:write") as oulu:
        key = {"Idempotency-Key": uuid4().hex}
        made = oulu.post("/referrals/clients", json={}, headers=key).raise_for_status().json()
        path, seen = f"/referrals/clients/{made['id']}", {"If-Match": '"1"'}
        oulu.patch(path, json={"name": "Maija"}, headers=seen).raise_for_status()
    return str(made["id"])


def test_the_audit_says_whether_anybody_touched_the_log(estate: Estate, client: str) -> None:
    assert "entries are as they were written" in estate.said("audit", "verify")
    edit = "UPDATE disclosure SET entry = replace(entry, {}) WHERE client_id = '{}' AND number = 2"
    estate.sql("referrals", edit.format("'write', 'read'", client))
    audit = estate.run("audit", "verify")
    estate.sql("referrals", edit.format("'read', 'write'", client))
    assert (audit.returncode, audit.stdout) == (1, f"{client} #2: an entry was changed\n")


def test_a_new_master_key_waits_for_the_keys_of_the_old_one(estate: Estate, client: str) -> None:
    assert "0 of 0 keys are wrapped anew" in estate.said("keys", "rotate")
    assert "start the estate again" in estate.said("keys", "renew")
    assert "1 keys are wrapped by an older master key" in estate.refused("keys", "renew")


def test_facts_are_shown_of_the_services_that_are_asked_for(estate: Estate, vacancy: str) -> None:
    command = [KUMPPANI, "events", "tail", "--service", "vacancies"]
    with subprocess.Popen(
        command, env=estate.environment, stdout=subprocess.PIPE, text=True
    ) as tail:
        assert tail.stdout is not None
        first = tail.stdout.readline()
        tail.terminate()
    assert re.search(rf"vacancies\.vacancy\.published\.v1 +vacancies/{vacancy}  #1$", first.strip())


def test_a_token_has_the_scopes_that_are_asked_for(estate: Estate) -> None:
    scopes = ("--scope", "metrics:read", "--scope", "metrics:events")
    acting = ("--organisation", "oulu", "--client", COORDINATOR)
    token = estate.said("token", *acting, *scopes).strip()
    part = token.split(".")[1]
    claims = orjson.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert (claims["organisation"], claims["client_id"]) == ("oulu", COORDINATOR)
    assert claims["scope"] == "metrics:read metrics:events"
    headers = {"Authorization": f"Bearer {token}"}
    url = f"http://127.0.0.1:{estate.port}"
    assert httpx.get(f"{url}/metrics/indicators", headers=headers).status_code == 200
    assert httpx.get(f"{url}/referrals/referrals", headers=headers).status_code == 403


def test_the_doctor_says_what_is_there(estate: Estate) -> None:
    said = estate.said("doctor")
    assert "✓ Python" in said
    assert "✓ PostgreSQL" in said


@pytest.mark.parametrize(
    "command",
    [
        ("replay", "nobody"),
        ("dead-letters", "list", "nobody"),
        ("events", "tail", "--service", "nobody"),
    ],
)
def test_an_unknown_service_is_one_clear_line(estate: Estate, command: tuple[str, ...]) -> None:
    line = estate.refused(*command)
    assert line.startswith("There is no service nobody; there are partners, referrals")


def test_contracts_that_differ_from_the_code_are_named(tmp_path: Path) -> None:
    contracts = Estate(tmp_path, 0)
    contracts.said("contracts", "export", "--root", str(tmp_path))
    contracts.said("contracts", "check", "--root", str(tmp_path))
    (tmp_path / "openapi" / "partners.json").write_text("{}")
    (tmp_path / "events" / "left.schema.json").write_text("{}")
    line = contracts.refused("contracts", "check", "--root", str(tmp_path))
    assert "events/left.schema.json, openapi/partners.json" in line
    assert "make contracts" in line


def test_what_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    nowhere = Estate(tmp_path, free_port())
    assert "Nobody answers at" in nowhere.refused("events", "tail")


def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} cannot be used" in Estate(tmp_path, port).refused("up")


@pytest.mark.parametrize(
    "command",
    [
        ("up",),
        ("migrate",),
        ("token", "--organisation", "oulu"),
        ("dead-letters", "list", "metrics"),
    ],
)
def test_a_folder_that_cannot_be_written_is_one_clear_line(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("")
    line = Estate(tmp_path / "file" / "data", free_port()).refused(*command)
    assert str(tmp_path / "file") in line
