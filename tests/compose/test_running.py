"""The compose file, run: `make test-compose`. Each test leaves the estate whole and full."""

import asyncio
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from uuid import uuid4

import httpx
import pytest
from kumppani.estate import SERVICES

from .estate import IMAGES, LASTING, ONCE, ROOT
from .running import TE, Running, docker, until

pytestmark = [pytest.mark.compose, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Start the estate; where it cannot be started, skip in one line."""
    if why := missing():
        pytest.skip(f"{why}: the compose tests are skipped")
    running = Running(tmp_path_factory.mktemp("compose"))
    try:
        running.up()
        running.demo()
        yield running
    finally:
        running.http.close()
        running.compose("down", "--volumes", "--rmi", "local")


def missing() -> str:
    """Say what this machine lacks: an engine, or an image that is neither here nor to be had."""
    if not shutil.which("docker") or fails("info"):
        return "NO DOCKER ENGINE (docker info fails)"
    away = [tag for tag in IMAGES if fails("image", "inspect", tag) and fails("pull", "-q", tag)]
    return f"NO IMAGE {', '.join(away)}" if away else ""


def fails(*arguments: str) -> bool:
    """Ask docker something; say whether it answers no."""
    return subprocess.run(["docker", *arguments], capture_output=True).returncode != 0


def a_client(te: httpx.Client) -> str:
    """Register a client, and give its id."""
    key = {"Idempotency-Key": uuid4().hex}
    return str(te.post("/referrals/clients", json={}, headers=key).raise_for_status().json()["id"])


def is_known(te: httpx.Client, client: str) -> bool:
    """Say whether the assessments service has heard of a client."""
    body = {"client_id": client, "instrument": "elamantilanne"}
    key = {"Idempotency-Key": uuid4().hex}
    return te.post("/assessments/assessments", json=body, headers=key).is_success


def problem(answer: httpx.Response) -> tuple[int, str, str | None]:
    """Give a problem's status and code, and when to try again."""
    assert answer.headers["content-type"] == "application/problem+json"
    code = answer.json()["type"].rpartition("/")[2]
    return answer.status_code, code, answer.headers.get("retry-after")


def test_all_containers_are_healthy_and_what_runs_once_ended_well(estate: Running) -> None:
    assert estate.unwell() == set()
    for name in ONCE:
        state = json.loads(docker("inspect", "-f", "{{json .State}}", estate.container(name)))
        assert (state["Status"], state["ExitCode"]) == ("exited", 0)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_not_root_writes_nowhere_and_does_not_know_the_owner(
    estate: Running, name: str
) -> None:
    inside = ("exec", estate.container(name), "sh", "-c")
    assert docker(*inside, "id -u").strip() == "10001"
    written = docker(*inside, "touch /x /opt/venv/x /opt/kumppani/x 2>&1 | grep -c 'Read-only'")
    assert written.strip() == "3"
    assert "OWNER" not in docker(*inside, "env")
    assert "pixeltable" not in docker(*inside, "ls /opt/venv/lib/python3*/site-packages")


def test_the_main_job_runs_again_on_the_same_data(estate: Running) -> None:
    assert "loops-closed: 2 (+1)" in estate.demo()


def test_the_gateway_hides_what_is_for_inside(estate: Running) -> None:
    hidden = [f"/{service}/-/{page}" for service in SERVICES for page in ("ready", "metrics")]
    hidden += ["/referrals/%2d/ready", "/referrals//-/ready", "/referrals/x/..%2f-/ready"]
    hidden += ["/issuer/admin/", "/issuer/realms/master/", "/issuer/realms/kumppani/..;/master/"]
    for path in hidden:
        assert estate.http.get(path).status_code == 404, path


def test_pages_find_what_they_load_and_problems_their_explanation(estate: Running) -> None:
    for service in SERVICES:
        page = estate.http.get(f"/{service}/docs").text
        assert f'"/{service}/static-offline-docs/swagger-ui.css"' in page
        assert estate.http.get(f"/{service}/static-offline-docs/swagger-ui.css").is_success
    assert estate.http.get("/metrics").headers["location"] == "/metrics/"
    missing = estate.http.get("/nowhere")
    assert problem(missing) == (404, "not-found", None)
    assert estate.http.get(missing.json()["type"]).is_success


def test_the_gateway_takes_a_mebibyte_and_no_more(estate: Running) -> None:
    with estate.caller(TE) as te:
        post = {"headers": {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}}
        fits, over = b" " * (2**20 - 2) + b"{}", b" " * (2**20 - 1) + b"{}"
        assert te.post("/referrals/clients", content=fits, **post).status_code == 201
        assert problem(te.post("/referrals/clients", content=over, **post)) == (
            413,
            "too-large",
            None,
        )


def test_a_body_that_trickles_in_is_cut_off_before_a_service_sees_it(estate: Running) -> None:
    where = httpx.URL(estate.url)
    with socket.create_connection((where.host, where.port), timeout=60) as slow:
        slow.sendall(b"POST /referrals/clients HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        answer = slow.recv(4096)
    assert answer == b"" or b" 408 " in answer


async def test_who_asks_too_often_is_told_when_to_ask_again(estate: Running) -> None:
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(base_url=estate.url, limits=limits, timeout=60) as greedy:
        answers = await asyncio.gather(*(greedy.get("/nowhere/at/all") for _ in range(20)))
        assert {answer.status_code for answer in answers} == {404}
        answers = await asyncio.gather(*(greedy.get("/partners/nowhere") for _ in range(800)))
    refused = [answer for answer in answers if answer.status_code == 429]
    assert {answer.status_code for answer in answers} == {404, 429}
    assert {problem(answer) for answer in refused} == {(429, "too-many-requests", "1")}
    until(lambda: estate.http.get("/partners/nowhere").status_code == 404, "a calm gateway")


def test_a_long_poll_gets_through(estate: Running) -> None:
    with estate.caller("operator") as operator:
        page = operator.get("/vacancies/events", params={"limit": 1000})
        began = time.monotonic()
        after = httpx.URL(page.links["next"]["url"]).params["after"]
        empty = operator.get("/vacancies/events", params={"after": after, "wait": 12})
        assert (empty.status_code, empty.json()) == (200, [])
        assert time.monotonic() - began > 11


def test_a_service_that_is_killed_is_503_and_the_others_go_on(estate: Running) -> None:
    before = estate.facts()
    with estate.caller(TE) as te:
        with estate.without("referrals"):
            away = te.get("/referrals/referrals", params={"box": "sent"})
            assert problem(away) == (503, "unavailable", "2")
            for path in ("partners/organisations", "assessments/instruments", "metrics/indicators"):
                assert te.get(f"/{path}").status_code == 200
            assert estate.unwell() == {"referrals"}
        assert te.get("/referrals/referrals", params={"box": "sent"}).status_code == 200
    assert estate.facts() == before
    estate.demo()


def test_while_kafka_is_away_writes_go_on_and_their_facts_arrive_when_it_is_back(
    estate: Running,
) -> None:
    before = estate.facts()["referrals"]
    with estate.caller(TE) as te:
        with estate.without("kafka"):
            clients = [a_client(te) for _ in range(20)]
            assert estate.unwell() == {"kafka"}
            told = estate.facts()["referrals"]
            assert told[: len(before)] == before
            assert len(told) == len(before) + 20
        for client in clients:
            until(partial(is_known, te, client), "word of a client")
    estate.demo()


def test_while_keycloak_is_away_tokens_hold_and_a_service_that_starts_asks_for_patience(
    estate: Running,
) -> None:
    with estate.caller(TE) as te:
        assert te.get("/metrics/indicators").status_code == 200
        assert te.get("/partners/organisations").status_code == 200
        with estate.without("keycloak"):
            client = a_client(te)
            until(partial(is_known, te, client), "word of a client")
            docker("restart", estate.container("metrics"))
            until(lambda: estate.health("metrics") == "healthy", "metrics healthy")
            assert problem(te.get("/metrics/indicators")) == (503, "unavailable", "2")
            assert te.get("/partners/organisations").status_code == 200
        assert te.get("/metrics/indicators").status_code == 200
    estate.demo()


def test_a_database_that_is_killed_loses_nothing_and_the_estate_goes_on(estate: Running) -> None:
    with estate.caller(TE) as te:
        clients = [a_client(te) for _ in range(5)]
        before = estate.facts()
        with estate.without("postgres"):
            away = te.get("/referrals/referrals", params={"box": "sent"})
            assert problem(away) == (503, "unavailable", "2")
            until(lambda: set(SERVICES) <= estate.unwell(), "services that say so")
        until(lambda: estate.unwell() == set(), "the estate")
        for client in clients:
            assert te.get(f"/referrals/clients/{client}").status_code == 200
            until(partial(is_known, te, client), "word of a client")
    told = estate.facts()
    assert {name: told[name][: len(facts)] for name, facts in before.items()} == before
    estate.demo()


def test_a_gateway_that_is_killed_stops_callers_and_nothing_else(estate: Running) -> None:
    before = estate.facts()
    with estate.without("gateway"):
        with pytest.raises(httpx.TransportError):
            estate.http.get("/partners/docs")
        assert estate.unwell() == {"gateway"}
    assert estate.facts() == before
    estate.demo()


def test_containers_start_in_any_order(estate: Running) -> None:
    before = estate.facts()
    docker("stop", *map(estate.container, LASTING))
    docker("start", *map(estate.container, (*SERVICES, "gateway")))
    time.sleep(5)
    for name in ("keycloak", "kafka", "postgres"):
        docker("start", estate.container(name))
        time.sleep(5)
    until(lambda: estate.unwell() == set(), "the estate")
    assert estate.facts() == before
    estate.demo()


def test_down_keeps_the_data_and_down_with_volumes_does_not(estate: Running) -> None:
    before = estate.facts()
    estate.compose("down")
    estate.up()
    assert estate.facts() == before
    estate.compose("down", "--volumes")
    assert docker("volume", "ls", "-q", "-f", f"name={estate.project}") == ""
    estate.up()
    assert estate.facts()["referrals"] == []
    assert "loops-closed: 1 (+1)" in estate.demo()


def test_compose_refuses_to_start_without_secrets_and_says_what_to_do() -> None:
    if not shutil.which("docker") or fails("compose", "version"):
        pytest.skip("NO DOCKER COMPOSE, it is not asked")
    refused = subprocess.run(
        ["docker", "compose", "--env-file", "/dev/null", "config", "-q"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert refused.returncode != 0
    assert "run make .env" in refused.stderr
