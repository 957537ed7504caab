"""What the embedded PostgreSQL promises, on real clusters."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import kit
import pytest
from kit.embedded import SOCKET, Cluster, ClusterError

NOBODY = 65534
ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not ROOT, reason="takes root to become another user")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of one's own, not below another's: a server stops when it goes."""
    made = Path(tempfile.mkdtemp(prefix="embedded-"))
    yield made
    for data in (made / "data", *made.glob("**/data")):
        Cluster(data, data).stop()
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A cluster that the tests of databases share."""
    folder = Path(tempfile.mkdtemp(prefix="embedded-"))
    started = Cluster.start(folder, durable=False)
    yield started
    started.stop()
    shutil.rmtree(folder)


# ── The server ──────────────────────────────────────────────────────────────────────────────


async def test_a_new_folder_gets_postgresql_18_with_what_the_work_needs(folder: Path) -> None:
    cluster = Cluster.start(folder / "not" / "yet" / "there")
    assert await setting(cluster, "server_version_num") >= "18"
    assert await setting(cluster, "max_connections") == "200"
    assert await setting(cluster, "jit") == "off"
    assert await setting(cluster, "fsync") == "on"
    assert await setting(cluster, "listen_addresses") == ""


async def test_a_cluster_for_tests_does_not_wait_for_the_disk(cluster: Cluster) -> None:
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        assert await setting(cluster, name) == "off"


async def test_it_speaks_the_languages_of_the_people(cluster: Cluster) -> None:
    found = "SELECT to_tsvector('finnish', 'TYÖNHAKIJAN palvelut') @@ to_tsquery('finnish', '{}')"
    assert await ask(superuser(cluster), found.format("työnhakijoille"))
    assert not await ask(superuser(cluster), found.format("työpaikka"))


def test_the_socket_is_nobody_elses(cluster: Cluster) -> None:
    assert cluster.sockets.stat().st_mode & 0o077 == 0


def test_a_folder_with_a_very_long_path_has_its_socket_in_a_short_private_stable_place(
    folder: Path,
) -> None:
    deep = folder / ("long-" * 20) / ("longer-" * 20) / "with a space, and ä"
    cluster = started(deep)
    assert len(str(cluster.sockets / SOCKET)) < 104
    assert cluster.sockets.stat().st_mode & 0o077 == 0
    cluster.stop()
    assert started(deep).sockets == cluster.sockets
    shutil.rmtree(cluster.sockets, ignore_errors=True)


def test_a_second_call_and_a_second_process_attach(folder: Path) -> None:
    first = started(folder)
    pid = pid_of(first)
    assert started(folder) == first
    subprocess.run([sys.executable, "-W", "error", "-c", START, str(folder)], check=True)
    assert pid_of(first) == pid


def test_processes_that_start_at_once_share_one_server(folder: Path) -> None:
    racers = [subprocess.Popen([sys.executable, "-c", START, str(folder)]) for _ in range(4)]
    assert [racer.wait(60) for racer in racers] == [0, 0, 0, 0]
    assert "another server" not in (folder / "data" / "server.log").read_text()


def test_stopping_twice_is_stopping_once_and_it_starts_again(folder: Path) -> None:
    cluster = started(folder)
    cluster.stop()
    cluster.stop()
    assert started(folder) == cluster


def test_importing_and_starting_say_nothing(folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", START, str(folder)],
        env={k: v for k, v in os.environ.items() if k != "XDG_RUNTIME_DIR"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout + ran.stderr == ""


def test_the_shell_of_the_caller_does_not_bend_the_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "7777")
    monkeypatch.setenv("PGHOST", "db.example")
    cluster = started(folder)
    assert (cluster.sockets / SOCKET).is_socket()
    cluster.provision("orders")


# ── Crashes ─────────────────────────────────────────────────────────────────────────────────


async def test_what_was_committed_is_there_after_kill_9(folder: Path) -> None:
    cluster = Cluster.start(folder)
    urls = cluster.provision("orders")
    await ask(urls.owner, "CREATE TABLE kept AS SELECT 1 AS one")
    killed(cluster)
    Cluster.start(folder)
    assert await ask(urls.owner, "SELECT one FROM kept") == 1


def test_a_pid_file_that_names_a_living_process_stops_nothing_and_kills_nobody(
    folder: Path,
) -> None:
    cluster = started(folder)
    left = killed(cluster)
    gone(int(left[0]))
    account = cluster.data.stat()
    sleep = ["/bin/sleep", "600"]
    bystander = subprocess.Popen(sleep, user=account.st_uid if ROOT else None)
    try:
        for name in ("postmaster.pid", f"{SOCKET}.lock"):
            (cluster.data / name).write_text("\n".join([str(bystander.pid), *left[1:]]) + "\n")
        cluster.stop()
        assert bystander.poll() is None
        assert pid_of(started(folder)) != bystander.pid
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


@pytest.mark.parametrize("rubbish", ["", "\n", "not a number\n", "12345\n/half"])
def test_a_pid_file_cut_short_by_a_crash_stops_nothing(folder: Path, rubbish: str) -> None:
    cluster = started(folder)
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(rubbish)
    assert pid_of(started(folder))


def test_a_cluster_whose_making_was_cut_short_is_made_anew(folder: Path) -> None:
    (folder / "data.new").mkdir()
    (folder / "data.new" / "PG_VERSION").write_text("18")
    assert pid_of(started(folder))


def test_a_server_whose_pid_file_was_lost_is_never_joined_by_a_second(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = started(folder)
    pid_file = cluster.data / "postmaster.pid"
    kept = pid_file.read_bytes()
    pid_file.unlink()
    monkeypatch.setattr("kit.embedded.PATIENCE", 0.3)
    with pytest.raises(ClusterError, match="in use but not ready"):
        started(folder)
    pid_file.write_bytes(kept)


# ── People's mistakes ───────────────────────────────────────────────────────────────────────


def test_a_file_in_the_way_is_one_clear_line(folder: Path) -> None:
    (folder / "taken").write_text("")
    with pytest.raises(ClusterError, match="Choose a folder") as refused:
        started(folder / "taken")
    assert "\n" not in str(refused.value)


def test_the_data_of_another_major_version_is_left_alone(folder: Path) -> None:
    cluster = started(folder)
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(ClusterError, match="is of PostgreSQL 17, not 18"):
        started(folder)


def test_a_broken_setting_is_told_with_its_line(folder: Path) -> None:
    cluster = started(folder)
    cluster.stop()
    with (cluster.data / "postgresql.conf").open("a") as conf:
        conf.write("no_such_thing = 1\n")
    with pytest.raises(ClusterError, match=r"did not start: .*errors") as refused:
        started(folder)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["", "Orders", "orders;", "a b", "1st", "x" * 60])
def test_a_name_that_would_need_quotes_is_refused(cluster: Cluster, name: str) -> None:
    with pytest.raises(ClusterError, match="cannot name a database"):
        cluster.provision(name)


@only_root
def test_an_ordinary_user_starts_one_too(folder: Path) -> None:
    folder.chmod(0o700)
    os.chown(folder, NOBODY, NOBODY)
    ran = as_nobody(START, str(folder))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (folder / "data").stat().st_uid == NOBODY
    assert started(folder).data.stat().st_uid == NOBODY


@only_root
def test_a_folder_that_cannot_be_written_is_one_clear_line(folder: Path) -> None:
    folder.chmod(0o755)
    ran = as_nobody(START, str(folder / "new"))
    assert "ClusterError: Cannot keep a database in" in ran.stderr.splitlines()[-1]
    assert "Permission denied. Choose a folder" in ran.stderr.splitlines()[-1]


@only_root
def test_root_opens_the_way_to_the_data_for_passing_only(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    started(closed / "cluster")
    assert closed.stat().st_mode & 0o777 == 0o701


# ── Databases and roles ─────────────────────────────────────────────────────────────────────


def test_provisioning_again_changes_nothing(cluster: Cluster) -> None:
    assert cluster.provision("orders") == cluster.provision("orders")


async def test_the_owner_makes_what_the_others_may_only_use(cluster: Cluster) -> None:
    urls = cluster.provision("orders")
    await ask(urls.owner, "CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY, n int)")
    await ask(urls.owner, "CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2'")
    for url in (urls.app, urls.worker):
        await ask(url, "INSERT INTO thing (n) VALUES (two())")
        await ask(url, "UPDATE thing SET n = 3")
        assert await ask(url, "SELECT max(n) FROM thing") == 3
        await ask(url, "DELETE FROM thing")
        for forbidden in ("DROP TABLE thing", "TRUNCATE thing", "CREATE TABLE mine (n int)"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await ask(url, forbidden)


async def test_the_roles_of_one_database_cannot_enter_another(cluster: Cluster) -> None:
    orders, stock = cluster.provision("orders"), cluster.provision("stock")
    for url in (stock.owner, stock.app, stock.worker):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(url.replace("@/stock", "@/orders"), "SELECT 1")
    assert await ask(orders.app, "SELECT 1") == 1


async def test_a_clone_has_the_content_the_roles_and_the_closed_door(cluster: Cluster) -> None:
    template = cluster.provision("template_orders")
    await ask(template.owner, "CREATE TABLE full_of AS SELECT 42 AS answer")
    clone = cluster.clone("template_orders", "orders_1")
    assert await ask(clone.app, "SELECT answer FROM full_of") == 42
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ask(cluster.provision("stock").app.replace("@/stock", "@/orders_1"), "SELECT 1")


async def test_a_dropped_database_is_gone_even_when_in_use(cluster: Cluster) -> None:
    urls = cluster.provision("brief")
    connection = await connected(urls.app)
    cluster.drop("brief")
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await connected(urls.app)
    connection.terminate()


def test_processes_that_provision_at_once_do_not_trip(cluster: Cluster) -> None:
    racers = [
        subprocess.Popen([sys.executable, "-c", PROVISION, str(cluster.data.parent)])
        for _ in range(4)
    ]
    assert [racer.wait(60) for racer in racers] == [0, 0, 0, 0]


# ── How the tests do it ─────────────────────────────────────────────────────────────────────

START = """
import pathlib, sys
from kit.embedded import Cluster
Cluster.start(pathlib.Path(sys.argv[1]), durable=False)
"""

PROVISION = START.rstrip() + '.provision("raced")\n'


def started(folder: Path) -> Cluster:
    return Cluster.start(folder, durable=False)


def pid_of(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def killed(cluster: Cluster) -> list[str]:
    """Kill the server as the kernel would; returns what it left in its pid file."""
    left = (cluster.data / "postmaster.pid").read_text().splitlines()
    os.kill(int(left[0]), signal.SIGKILL)
    return left


def gone(pid: int) -> None:
    """Wait until a process is no more."""
    while Path(f"/proc/{pid}").exists():
        time.sleep(0.01)


def superuser(cluster: Cluster) -> str:
    return f"postgresql://postgres@/postgres?host={cluster.sockets}"


async def setting(cluster: Cluster, name: str) -> str:
    return str(await ask(superuser(cluster), f"SELECT current_setting('{name}')"))


async def connected(url: str) -> asyncpg.Connection:
    parts = urlsplit(url)
    host = parse_qs(parts.query)["host"][0]
    return await asyncpg.connect(user=parts.username, database=parts.path[1:], host=host)


async def ask(url: str, question: str) -> object:
    connection = await connected(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def as_nobody(work: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python as an ordinary user; skips where that user cannot reach it and the packages."""
    interpreter = shutil.which("python3", path="/usr/local/bin:/usr/bin")
    paths = [str(Path(kit.__file__).parents[1]), *(p for p in sys.path if "site-packages" in p)]
    ran = subprocess.run(
        [interpreter or "python3", "-c", work, *arguments],
        user=NOBODY,
        group=NOBODY,
        extra_groups=(),
        env={"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )
    if "ModuleNotFoundError" in ran.stderr or "ImportError" in ran.stderr:
        pytest.skip("another user cannot reach the packages")
    return ran
