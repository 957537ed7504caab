"""A service in a process of its own: what it is told, and how it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from kit.embedded import Cluster
from kit.testing.harness import migrated
from kumppani.estate import SERVICES, Place, settings_of
from kumppani.separate import environment_of, free_port


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reads_from_its_environment_what_it_would_be_told(
    service: str, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = settings_of(service, Place(tmp_path, 8000), cluster.urls(service, service))
    for name, value in environment_of(told).items():
        monkeypatch.setenv(name, value)
    assert import_module(f"{service}.settings").Settings() == told


@contextmanager
def process(
    cluster: Cluster, folder: Path, program: str = "serve"
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a service alone until the body ends it."""
    urls = cluster.clone(migrated(cluster, "partners"), f"t{uuid4().hex[:12]}")
    port = str(free_port())
    told = environment_of(settings_of("partners", Place(folder, 0), urls))
    command = [sys.executable, "-m", "partners", program, "--tied", "--port", port]
    with subprocess.Popen(command, env=os.environ | told, stdin=subprocess.PIPE) as running:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/-/ready")
            yield running
        finally:
            running.kill()


def wait_until_ready(url: str) -> None:
    """Ask until the service is ready."""
    for _ in range(600):
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the service does not answer")


def test_a_service_ends_when_whoever_started_it_is_gone(cluster: Cluster, tmp_path: Path) -> None:
    with process(cluster, tmp_path) as running:
        assert running.stdin is not None
        running.stdin.close()
        assert running.wait(20) == 0


def test_a_service_ends_in_order_at_sigterm(cluster: Cluster, tmp_path: Path) -> None:
    with process(cluster, tmp_path) as running:
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0


def test_a_listener_of_its_own_answers_operators_and_nobody_else(
    cluster: Cluster, tmp_path: Path
) -> None:
    with process(cluster, tmp_path, "listen") as running:
        assert isinstance(running.args, list)
        url = f"http://127.0.0.1:{running.args[-1]}"
        assert (
            'kumppani_database_reachable{service="partners"} 1'
            in httpx.get(f"{url}/-/metrics").text
        )
        assert httpx.get(f"{url}/organisations").status_code == 404
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
