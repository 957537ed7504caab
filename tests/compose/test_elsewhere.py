"""`kumppani demo --at` says in one line why it cannot play."""

import os
import socket
import subprocess
import sys
from pathlib import Path

KUMPPANI = str(Path(sys.executable).parent / "kumppani")


def demo(folder: Path, at: str, **secrets: str) -> str:
    """Try to play, and give what is said of it."""
    environment = {n: v for n, v in os.environ.items() if not n.endswith("_SECRET")} | secrets
    done = subprocess.run(
        [KUMPPANI, "demo", "--at", at],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_a_secret_that_is_missing_is_named(tmp_path: Path) -> None:
    line = demo(tmp_path, "http://127.0.0.1:9")
    assert line.startswith("OPERATOR_CLIENT_SECRET is neither in the environment nor in .env")


def test_an_address_where_nobody_answers_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OPERATOR_CLIENT_SECRET=something\n")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        at = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        line = demo(tmp_path, at)
    assert line.startswith(f"Nobody answers at {at}")
    assert "make up" in line


def test_an_address_without_http_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "localhost:8000" in demo(tmp_path, "localhost:8000", OPERATOR_CLIENT_SECRET="something")
