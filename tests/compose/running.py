"""An estate in docker compose that a test may start, hurt and take away."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from .estate import LASTING, ROOT

PATIENCE_SECONDS = 120.0
KUMPPANI = str(Path(sys.executable).parent / "kumppani")
TE = "te-pohjois-pohjanmaa"


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come about"
        time.sleep(0.2)


class Running:
    """The compose file under a project name, with a .env and a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.project = f"kumppani-test-{uuid4().hex[:6]}"
        self.env = folder / ".env"
        subprocess.run([sys.executable, str(ROOT / "deploy" / "env.py"), str(self.env)], check=True)
        port = free_port()
        text = self.env.read_text().replace("KUMPPANI_PORT=8000", f"KUMPPANI_PORT={port}")
        self.env.write_text(text)
        self.url = f"http://localhost:{port}"
        self.http = httpx.Client(base_url=self.url, timeout=30)

    def compose(self, *arguments: str) -> str:
        """Run docker compose on this estate."""
        options = (
            "-p",
            self.project,
            "--env-file",
            str(self.env),
            "--project-directory",
            str(ROOT),
        )
        return docker("compose", *options, *arguments)

    def up(self) -> None:
        """Do what `make up` does."""
        self.compose("up", "--build", "--wait")

    def container(self, name: str) -> str:
        """Name a container as the engine does."""
        return f"{self.project}-{name}-1"

    def kill(self, name: str) -> None:
        """Kill a container; the engine leaves it at that."""
        docker("kill", self.container(name))

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Kill a container, and bring it back after the body, however that ends."""
        self.kill(name)
        try:
            yield
        finally:
            self.start(name)

    def start(self, *names: str) -> None:
        """Start containers, whatever they depend on, and wait until they are healthy."""
        docker("start", *map(self.container, names))
        for name in names:
            until(partial(self.is_healthy, name), f"{name} healthy")

    def health(self, name: str) -> str:
        """Say how a container is."""
        return docker("inspect", "-f", "{{.State.Health.Status}}", self.container(name)).strip()

    def is_healthy(self, name: str) -> bool:
        """Say whether a container is well."""
        return self.health(name) == "healthy"

    def unwell(self) -> set[str]:
        """Name the containers that are not healthy."""
        return {name for name in LASTING if not self.is_healthy(name)}

    def token(self, client: str) -> str:
        """Get a client's token, as its system does."""
        secrets = dict(re.findall(r"^(\w+)=(.*)$", self.env.read_text(), re.MULTILINE))
        secret = secrets[f"{client.upper().replace('-', '_')}_CLIENT_SECRET"]
        path = "/issuer/realms/kumppani/protocol/openid-connect/token"
        asked = {"grant_type": "client_credentials"}
        answer = self.http.post(path, data=asked, auth=(client, secret)).raise_for_status()
        return str(answer.json()["access_token"])

    def caller(self, client: str) -> httpx.Client:
        """Call the estate as a client."""
        headers = {"Authorization": f"Bearer {self.token(client)}"}
        return httpx.Client(base_url=self.url, timeout=30, headers=headers)

    def demo(self) -> str:
        """Play the main job, and give what it showed."""
        environment = {n: v for n, v in os.environ.items() if not n.endswith("_SECRET")}
        done = subprocess.run(
            [KUMPPANI, "demo", "--at", self.url],
            cwd=self.env.parent, env=environment, capture_output=True, text=True, timeout=200,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def facts(self) -> dict[str, list[str]]:
        """Read every feed whole: the ids of its facts, in order."""
        with self.caller("operator") as operator:
            names = ("partners", "referrals", "assessments", "vacancies", "metrics")
            return {name: list(read(operator, name)) for name in names}


def read(operator: httpx.Client, service: str) -> Iterator[str]:
    """Read a feed from its beginning."""
    query: dict[str, Any] = {"limit": 1000}
    while True:
        answer = operator.get(f"/{service}/events", params=query).raise_for_status()
        if not answer.json():
            return
        yield from (fact["id"] for fact in answer.json())
        query["after"] = httpx.URL(answer.links["next"]["url"]).params["after"]


def docker(*arguments: str) -> str:
    """Run docker. Variables of a developer's own shell do not reach the compose file."""
    ours = ("KUMPPANI_", "COMPOSE_")
    environment = {n: v for n, v in os.environ.items() if not n.startswith(ours)}
    done = subprocess.run(
        ["docker", *arguments], env=environment, capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
