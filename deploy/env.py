"""Writes .env from env.example: a name without a value gets a secret of its own.

    python deploy/env.py .env

A file that is there keeps what it has; only names that it lacks are added. Only its owner may
read it. Nothing but Python's own library is needed.
"""

import os
import re
import secrets
import sys
from pathlib import Path

EXAMPLE = Path(__file__).with_name("env.example")
NAMED = re.compile(r"^([A-Z_]+)=(.*)$", re.MULTILINE)


def filled(line: str) -> str:
    """Give a line its secret, unless it has a value."""
    return line + secrets.token_hex(24) if line.endswith("=") else line


def fill(example: str, there: str) -> str:
    """Write what a file lacks; to one that is empty, all of the example with its remarks."""
    known = {name for name, _ in NAMED.findall(there)}
    missing = [line for line in example.splitlines() if lacks(line, known)]
    kept = missing if known else example.splitlines()
    return "".join(f"{filled(line) if NAMED.match(line) else line}\n" for line in kept)


def lacks(line: str, known: set[str]) -> bool:
    """Say whether a line names what is not known yet."""
    named = NAMED.match(line)
    return named is not None and named[1] not in known


def main(target: Path) -> None:
    """Write the file, and say so."""
    there = target.read_text() if target.exists() else ""
    added = fill(EXAMPLE.read_text(), there)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(added if there.endswith("\n") or not there else f"\n{added}")
    target.chmod(0o600)
    os.utime(target)
    count = len(NAMED.findall(added))
    if count:
        print(f"{target}: {count} names written, with fresh secrets. Keep it with the data.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
