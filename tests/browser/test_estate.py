"""The dashboard where the demo leaves it: behind the gateway, with the main job played."""

import os
import signal
import subprocess
from collections.abc import Iterator

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from ..journeys.test_main_job import KUMPPANI, free_port
from ..journeys.test_readme import wait_until_ready

pytestmark = pytest.mark.browser

NOT_PLAYED = ["Outcomes disputed"]  # what the main job does not come to


@pytest.fixture(scope="module")
def estate(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the demo, which stays up; give its address."""
    data, port = tmp_path_factory.mktemp("dashboard") / "data", str(free_port())
    running = subprocess.Popen(
        [KUMPPANI, "demo"],
        env=os.environ | {"DATA": str(data), "PORT": port},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    for line in running.stdout:
        if "Stays up" in line:
            break
    url = f"http://127.0.0.1:{port}"
    wait_until_ready(url)
    yield url
    running.send_signal(signal.SIGINT)
    running.wait(20)
    running.stdout.close()


async def test_from_the_front_page_every_indicator_is_reached_without_a_barrier(
    browser: Browser, estate: str
) -> None:
    page = await (await browser.new_context(viewport={"width": 360, "height": 740})).new_page()
    await page.goto(f"{estate}/metrics/?lang=en")
    cards = page.locator(".card")
    empty = await cards.filter(has_text="No data yet").locator("a").all_inner_texts()
    assert empty == NOT_PLAYED
    told = cards.filter(has_not_text="No data yet").locator("a")
    links = [await link.get_attribute("href") for link in await told.all()]
    for link in links:
        answer = await page.goto(f"{estate}{link}")
        assert answer is not None
        assert answer.status == 200
        drawn = await page.get_by_role("img").count()
        assert drawn == await page.locator("section.panel").count() >= 1
        found = (await Axe().run(page)).response["violations"]
        assert [v["id"] for v in found if v["impact"] in {"serious", "critical"}] == []
