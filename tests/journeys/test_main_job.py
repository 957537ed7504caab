"""The whole estate, started as its users start it, with the main job played on it twice."""

import os
import signal
import socket
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest

KUMPPANI = str(Path(sys.executable).parent / "kumppani")


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def demo(data: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Run the demo once."""
    return subprocess.run(
        [KUMPPANI, "demo", "--once"],
        env=os.environ | {"DATA": str(data), "PORT": str(port)},
        capture_output=True,
        text=True,
        timeout=100,
    )


def told_under(shown: str, step: str) -> list[str]:
    """Give the types of the facts that are shown under a step."""
    following = shown.partition(step)[2].splitlines()[1:]
    facts = takewhile(lambda line: line.startswith("      "), following)
    return sorted(line.split()[1] for line in facts)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a data folder with a path longer than a socket's may be."""
    return tmp_path / ("long-" * 20) / "data"


def stop_postgresql(data: Path) -> None:
    """Stop the server that a killed estate left behind."""
    left = data / "postgresql" / "data" / "postmaster.pid"
    if left.exists():
        os.kill(int(left.read_text().split()[0]), signal.SIGINT)


def test_the_main_job_runs_again_on_the_same_data_also_after_a_kill(data: Path) -> None:
    port = free_port()
    try:
        first = demo(data, port)
        assert first.returncode == 0, first.stdout + first.stderr
        assert first.stderr == ""
        assert "The catalogue shows 11 free seats" in first.stdout
        for told in (
            "person-months of ohjaamo: 48 planned, 1.5 used, 46.5 left",
            "New commitment: ohjaamo-paikat",
            "All have signed it, so version 2 is in force",
            "A search for ohjamo, read as ohjaamo, with room: 12 free seats",
            "In the name: ohjaamo 15, Names the municipality 10, Has room 10",
            "A client of 24 in work is not eligible",
            "What would change that: In work: no",
            "Whether the client is eligible: unknown (not known here: municipality, table)",
            "(same_need, eligible, room, permitted)",
            "A batch of two referrals is sent, each judged alone",
            "oulu: waitlist → on-hold",
            "te-pohjois-pohjanmaa: take → accepted",
            "As FHIR: a Task of oulu, accepted",
            "Her view has the city's receipt",
            "Assessments hears it, and erases her too",
            "seats of ohjaamo: 12 planned, 1 used, 11 left",
            "± 0.5 by version 2: off the path",
        ):
            assert told in first.stdout, told
        assert "imports its directory of the PTV: 2 new, 0 as before" in first.stdout
        assert "Search finds Työkykyneuvonta; /hsds/ shows Etuusneuvonta" in first.stdout
        assert "A placement, counted for the pilot" in first.stdout
        assert "loops-closed: 1 (+1)" in first.stdout
        assert "4 A referral closes its loop" in first.stdout
        assert told_under(first.stdout, "oulu: accept → accepted") == [
            "referrals.referral.accepted.v1", "referrals.seats.taken.v1",
        ]  # fmt: skip
        assert told_under(first.stdout, "A placement, counted") == [
            "vacancies.placement.recorded.v1", "vacancies.vacancy.filled.v1",
        ]  # fmt: skip
        assert not (data / "postgresql" / "data" / "postmaster.pid").exists()
        killed = subprocess.Popen(
            [KUMPPANI, "up"],
            env=os.environ | {"DATA": str(data), "PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            killed.wait(3)
        killed.kill()
        killed.wait()
        again = demo(data, port)
        assert again.returncode == 0, again.stdout + again.stderr
        assert "imports its directory of the PTV: 0 new, 2 as before" in again.stdout
        assert "loops-closed: 2 (+1)" in again.stdout
    finally:
        stop_postgresql(data)


def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = demo(tmp_path, taken.getsockname()[1])
    assert refused.returncode == 1
    assert refused.stderr.startswith("Port ")
    assert "Traceback" not in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_data_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = demo(tmp_path / "file" / "data", free_port())
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
