"""The README's programs run as they are printed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from .test_main_job import KUMPPANI, free_port

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PROGRAMS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
TOKENS = re.findall(r"export (\w+)=\$\(\.venv/bin/kumppani (token (?!--at).*?)\)", README)


@pytest.fixture(scope="module")
def partner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start the estate, and give a partner's environment."""
    data, port = tmp_path_factory.mktemp("readme") / "data", str(free_port())
    environment = os.environ | {"DATA": str(data), "PORT": port}
    estate = subprocess.Popen([KUMPPANI, "up"], env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    wait_until_ready(url)
    tokens = {name: issued(environment, *command.split()) for name, command in TOKENS}
    yield os.environ | {"KUMPPANI": url} | tokens
    estate.send_signal(signal.SIGTERM)
    assert estate.wait(20) == 0
    assert not (data / "postgresql" / "data" / "postmaster.pid").exists()


def issued(environment: dict[str, str], *command: str) -> str:
    """Get a token as the README says."""
    done = subprocess.run(
        [KUMPPANI, *command], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def wait_until_ready(url: str) -> None:
    """Ask until the estate answers."""
    for _ in range(300):
        try:
            if httpx.get(f"{url}/referrals/-/ready").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the estate does not answer")


def run(program: str, environment: dict[str, str]) -> str:
    """Run a program of the README, and give what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_partner_joins_calls_an_api_and_hears_of_it(partner: dict[str, str]) -> None:
    join, call, hear, _over_kafka = PROGRAMS
    told = run(join, partner).splitlines()
    assert told[0] == "in the catalogue: arjen-tuki"
    assert "partners.client.registered.v1" in told[1]
    assert "partners.offering.published.v1" in told[1]
    assert len(call.strip().splitlines()) <= 10
    assert len(hear.strip().splitlines()) <= 20
    assert run(call, partner) == 'draft at revision "1"\n'
    heard = run(hear, partner)
    assert "referrals.client.registered.v1" in heard
    assert "referrals.referral.drafted.v1" in heard
