"""A real PostgreSQL 18 in a folder: no Docker, no root, about a second (Linux and macOS).

The programs come from a wheel; only they are used, so importing this starts and prints nothing.
One file in the folder, `lock`, is locked by whoever makes or starts the cluster, and the server
inherits that lock. The kernel frees it when the last of the server's processes is gone, however
it went: so a lock that can be had proves that nobody runs here, whatever `postmaster.pid` says.
"""

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import socket
import struct
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Self
from urllib.parse import quote

from kit.programs import MAJOR, ClusterError, admitted, last_words, owner_of, run, system_account

__all__ = ["Cluster", "ClusterError", "Urls"]

SUPERUSER = "postgres"
PATIENCE = 60.0  # seconds for a server to be ready; recovery after a crash may need them
SOCKET = ".s.PGSQL.5432"
MAY_WE_ENCRYPT = struct.pack("!ii", 8, 80877103)  # SSLRequest: any live server answers N or S
LONGEST_SOCKET = 103  # bytes; Linux allows 107, macOS 103
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "128MB",
}


@dataclass(frozen=True)
class Urls:
    """SQLAlchemy URLs of one database, by role."""

    owner: str
    app: str
    worker: str


@dataclass(frozen=True)
class Postmaster:
    """What a data folder's `postmaster.pid` says of the server that runs, or once ran, there."""

    sockets: Path
    port: str
    status: str

    @classmethod
    def of(cls, data: Path) -> Self | None:
        """Read the file; none when it is missing or half written."""
        try:
            lines = (data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        return cls(Path(lines[4]), lines[3], lines[7].strip()) if len(lines) > 7 else None

    def answers(self) -> bool:
        """Say whether a live server is there: it must speak, since the kernel alone connects."""
        with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
            probe.settimeout(PATIENCE)
            probe.connect(str(self.sockets / f".s.PGSQL.{self.port}"))
            probe.sendall(MAY_WE_ENCRYPT)
            return probe.recv(1) in {b"N", b"S"}
        return False


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server, its data in a folder, reached through a private socket only."""

    data: Path
    sockets: Path
    began: bool = field(default=False, compare=False)  # by this call, so that its end may be too

    @classmethod
    def start(cls, folder: Path, *, durable: bool = True) -> Self:
        """Make the cluster if there is none, start it if it is down, else attach; blocks ~1 s.

        `durable=False`, for tests, makes a cluster that a power cut may ruin. It takes effect
        when the cluster is made. Raises ClusterError.
        """
        folder = folder.expanduser().resolve()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / "lock").open("ab") as lock:
                began = our_turn(lock, folder / "data")
                if began:
                    bring_up(folder / "data", lock, durable=durable)
        except OSError as error:
            raise ClusterError(unusable(folder, error)) from error
        return cls(folder / "data", running(folder / "data").sockets, began)

    def provision(self, database: str) -> Urls:
        """Make a database and its three roles, or leave what is there; safe to repeat.

        The owner owns the database and its `public` schema; what it makes there, the
        application and the worker may use but not change. Nobody else may connect.
        """
        self.sql(ROLES.format(database=named(database)))
        self.sql(CREATE.format(database=database, template="template0", family=database))
        self.sql(PRIVILEGES.format(family=database), database=database)
        return self.urls(database, database)

    def clone(self, template: str, database: str, *, family: str | None = None) -> Urls:
        """Copy a provisioned database, with the same roles; nobody may be connected to it.

        A copy of a copy names the `family` whose roles they are.
        """
        family = named(family or template)
        self.sql(CREATE.format(database=named(database), template=named(template), family=family))
        return self.urls(database, family)

    def drop(self, database: str) -> None:
        """Drop a database, also one in use; its roles stay."""
        self.sql(f"DROP DATABASE IF EXISTS {named(database)} WITH (FORCE);")

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back. No-op when it is down."""
        server = Postmaster.of(self.data)
        if server and server.answers():
            how = ("-w", "-m", "fast", "-D", str(self.data))
            run("pg_ctl", *how, "stop", account=owner_of(self.data))

    def urls(self, database: str, family: str) -> Urls:
        """Name a database as seen by the three roles of a family."""
        place = f"@/{database}?host={quote(str(self.sockets))}"
        roles = (f"postgresql+asyncpg://{family}_{role}{place}" for role in ROLE_NAMES)
        return Urls(*roles)

    def sql(self, script: str, database: str = SUPERUSER) -> None:
        """Run a script as the superuser, one at a time in this cluster."""
        one_by_one = "SELECT pg_advisory_lock(hashtext('kit.embedded'));\n"
        options = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "-U", SUPERUSER, "-h", str(self.sockets))
        run("psql", *options, "-o", os.devnull, "-d", database, script=one_by_one + script)


ROLE_NAMES = ("owner", "app", "worker")

ROLES = """
SELECT format('CREATE ROLE %I LOGIN', role)
FROM unnest(ARRAY['{database}_owner', '{database}_app', '{database}_worker']) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \\gexec
"""

CREATE = """
SELECT 'CREATE DATABASE {database} TEMPLATE {template} OWNER {family}_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {family}_app, {family}_worker;
"""

PRIVILEGES = """
ALTER SCHEMA public OWNER TO {family}_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {family}_app, {family}_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE {family}_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE {family}_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {family}_app, {family}_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE {family}_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO {family}_app, {family}_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE {family}_owner IN SCHEMA public
    GRANT EXECUTE ON FUNCTIONS TO {family}_app, {family}_worker;
"""


def named(database: str) -> str:
    """Let a name through that needs no quotes in SQL."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,50}", database):
        raise ClusterError(f"{database!r} cannot name a database: use a-z, 0-9 and _, at most 51.")
    return database


def our_turn(lock: BinaryIO, data: Path) -> bool:
    """Wait until the server is ready (False) or is ours to start, with the lock held (True)."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        server = Postmaster.of(data)
        alive = server is not None and server.answers()
        if alive and server and server.status == "ready":
            return False
        if not alive and locked(lock):
            return True
        time.sleep(0.05)
    raise ClusterError(f"The database in {data} is in use but not ready: stop what uses it.")


def locked(lock: BinaryIO) -> bool:
    """Take the lock if it is free."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def bring_up(data: Path, lock: BinaryIO, *, durable: bool) -> None:
    """Start the server, lock in hand; it keeps the lock for as long as it lives."""
    if not data.exists():
        make(data, durable=durable)
    account = admitted(data)
    made_by = (data / "PG_VERSION").read_text().strip()
    if made_by != MAJOR:
        raise ClusterError(f"{data} is of PostgreSQL {made_by}, not {MAJOR}: move it away.")
    sockets = sockets_for(data)
    for remnant in (data / "postmaster.pid", sockets / f"{SOCKET}.lock"):
        remnant.unlink(missing_ok=True)  # the lock proves that whoever it names is not our server
    log = data / "server.log"
    where = ("-D", str(data), "-l", str(log), "-o", f"-k {shlex.quote(str(sockets))}")
    wait = ("-w", "-t", str(int(PATIENCE)))
    try:
        run("pg_ctl", *where, *wait, "start", account=account, keep=(lock.fileno(),))
    except ClusterError as error:
        why = last_words(log.read_text(errors="replace")) if log.exists() else str(error)
        raise ClusterError(f"PostgreSQL did not start: {why} (more in {log})") from error


def make(data: Path, *, durable: bool) -> None:
    """Make a cluster aside and move it into place, so that a half-made one is never seen."""
    aside = data.with_name("data.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(aside, *system_account())
    settings = SETTINGS if durable else SETTINGS | FORGETFUL
    options = [f"--set={name}={value}" for name, value in settings.items()]
    locale = ("--encoding=UTF8", "--no-locale", "--locale-provider=builtin")
    rules = ("--builtin-locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject")
    sync = () if durable else ("--no-sync",)
    who = ("-U", SUPERUSER, "-D", str(aside))
    run("initdb", *who, *locale, *rules, *sync, *options, account=admitted(aside))
    aside.rename(data)


def sockets_for(data: Path) -> Path:
    """A private folder for the socket: the data's own, or where its path is too long, another."""
    plain = re.fullmatch(r"[A-Za-z0-9_./-]+", str(data))
    if plain and len(str(data / SOCKET)) <= LONGEST_SOCKET:
        return data
    mark = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    sockets = Path(tempfile.gettempdir()).resolve() / f"pg-{mark}"
    owner = data.stat()
    with suppress(FileExistsError):
        sockets.mkdir(mode=0o700)
        os.chown(sockets, owner.st_uid, owner.st_gid)
    if sockets.is_symlink() or sockets.stat().st_uid != owner.st_uid:
        raise ClusterError(f"{sockets} belongs to another user: remove it, or set TMPDIR.")
    sockets.chmod(0o700)
    return sockets


def running(data: Path) -> Postmaster:
    """The server that is up."""
    server = Postmaster.of(data)
    if server is None:
        raise ClusterError(f"The database in {data} went down at once: see {data / 'server.log'}.")
    return server


def unusable(folder: Path, error: OSError) -> str:
    """Say in one line that a folder cannot hold the database."""
    why = error.strerror or str(error)
    return f"Cannot keep a database in {folder}: {why}. Choose a folder that you may write to."
