"""A real Chromium before a real service; without one, a loud line, and in CI a failure."""

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.resources import files

import pytest
import uvicorn
from kit import clock
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import harness
from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no Chromium was found: install one, or name it in CHROMIUM"
sought_in_vain: list[str] = []


def chromium() -> str | None:
    """Find the browser: `CHROMIUM`, else by its usual names."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, loudly, what was not tested."""
    for missing in sought_in_vain:
        terminalreporter.write_line(f"BROWSER TESTS WERE SKIPPED: {missing}", red=True, bold=True)


@pytest.fixture(scope="session")
def program() -> str:
    """Give the browser's program; without one there is nothing to test."""
    found = chromium()
    if found is not None:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING, pytrace=False)
    sought_in_vain.append(MISSING)
    pytest.skip(MISSING)


@pytest.fixture(scope="session")
async def browser(program: str) -> AsyncIterator[Browser]:
    """Start the browser; root may not have its sandbox."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=program, args=options)
        yield running
        await running.close()


@pytest.fixture(scope="session")
async def metrics(
    program: str, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    """Run the metrics service, on which something has happened."""
    async with harness(cluster, tmp_path_factory.mktemp("metrics"), "metrics") as running:
        await something_happened(running)
        yield running


@pytest.fixture(scope="session")
async def dashboard(metrics: Harness) -> AsyncIterator[str]:
    """Serve the dashboard; give its address."""
    config = uvicorn.Config(metrics.app, port=0, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


async def something_happened(service: Harness) -> None:
    """Tell of an agreement with a goal by steps, of seats, needs, vacancies; import figures."""
    today = clock.today()
    await service.hear(
        "partners.agreement.signed.v1",
        "agreements/oulu",
        code="oulu",
        name={"fi": "Oulun seudun työllisyyden ekosysteemi", "en": "Employment ecosystem"},
        vision={"fi": "Oulun seutu on työllisyyden edistämisen edelläkävijä vuonna 2025."},
        parties=["oulu"],
        signed_by=["oulu"],
        valid_from=today.isoformat(),
        valid_until=(today + timedelta(days=365)).isoformat(),
        goals=[
            {
                "code": "rate",
                "indicator": "unemployment-rate",
                "area": "KU564",
                "name": {"fi": "Työttömyysaste laskee", "en": "The unemployment rate falls"},
                "baseline": {"value": 12.0, "period": "2019-12", "source": "12r5"},
                "target": {"value": 9.0, "period": "2025-12", "source": "The agreement"},
                "path": "steps",
                "steps": [{"value": 11.0, "period": "2021", "source": "The agreement"}],
                "tolerance": 0.5,
            }
        ],
    )
    name = {"fi": "Ohjaamo Oulu: matalan kynnyksen ohjausta ja neuvontaa alle 30-vuotiaille"}
    kind = "partners.offering.published.v1"
    await service.hear(kind, "offerings/ohjaamo", code="ohjaamo", name=name, capacity=12)
    await service.hear("referrals.seats.taken.v1", "seats/ohjaamo", offering="ohjaamo", taken=5)
    for number, need in enumerate(("job_search", "job_search", "skills")):
        kind = "assessments.assessment.need_confirmed.v1"
        await service.hear(kind, f"assessments/{number}", need=need)
    vacancy = {"municipality": "564", "openings": 3, "filled": 1, "status": "open"}
    await service.hear("vacancies.vacancy.published.v1", "vacancies/1", **vacancy)
    figures = files("metrics").joinpath("figures/tyonv_12r5_oulu.json").read_text()
    council = service.caller("pohjois-pohjanmaa")
    answer = await council.post("/statistics", json=json.loads(figures))
    assert answer.status_code == 201, answer.text
