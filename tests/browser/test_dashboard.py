"""The dashboard in a real browser: readable by everyone, on a phone too."""

import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, async_playwright

from ..journeys.test_main_job import KUMPPANI, free_port
from ..journeys.test_readme import wait_until_ready

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the estate, with the main job played on it."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No Chromium: apt-get install chromium, or set CHROMIUM")
        pytest.skip("NO BROWSER TESTS: no Chromium found; apt-get install chromium")
    data, port = tmp_path_factory.mktemp("dashboard") / "data", str(free_port())
    estate = subprocess.Popen(
        [KUMPPANI, "demo"],
        env=os.environ | {"DATA": str(data), "PORT": port},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert estate.stdout is not None
    for line in estate.stdout:
        if "Stays up" in line:
            break
    url = f"http://127.0.0.1:{port}"
    wait_until_ready(url)
    yield f"{url}/metrics/"
    estate.send_signal(signal.SIGINT)
    estate.wait(20)
    estate.stdout.close()


@pytest.fixture
async def browser(dashboard: str) -> AsyncIterator[Browser]:
    """Open a browser."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        await opened.close()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", ["", "dashboard/unemployment-rate", "dashboard/loops-closed"])
async def test_a_page_is_accessible_and_fits_a_phone(
    browser: Browser, dashboard: str, path: str, language: str
) -> None:
    context = await browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=True
    )
    page = await context.new_page()
    answer = await page.goto(f"{dashboard}{path}?lang={language}")
    assert answer is not None
    assert answer.status == 200
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await page.evaluate("document.documentElement.lang") == language
    results = await Axe().run(page)
    found = results.response["violations"]
    serious = [v["id"] for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []
    await context.close()
