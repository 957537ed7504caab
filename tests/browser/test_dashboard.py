"""The dashboard as people meet it: on a desk and a phone, in three languages, without a script."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from metrics.domain.indicators import INDICATORS
from playwright.async_api import Browser, Page

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LANGUAGES = ("fi", "sv", "en")
PATHS = ("/", *(f"/dashboard/{code}" for code in INDICATORS), "/dashboard/none")

WIDTH_NEEDED = "document.documentElement.scrollWidth"
SMALLEST_TEXT = """
    Math.min(...[...document.querySelectorAll('svg text')]
        .filter(text => text.getBoundingClientRect().width)
        .map(text => parseFloat(getComputedStyle(text).fontSize)
            * text.ownerSVGElement.getBoundingClientRect().width
            / text.ownerSVGElement.viewBox.baseVal.width))
"""


async def opened(browser: Browser, size: dict[str, int], **options: Any) -> Page:
    """Open a window of a size."""
    context = await browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
    return await context.new_page()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_no_page_has_a_serious_barrier(
    browser: Browser, dashboard: str, language: str, size: dict[str, int]
) -> None:
    page = await opened(browser, size)
    for path in PATHS:
        await page.goto(f"{dashboard}{path}?lang={language}")
        found = (await Axe().run(page)).response["violations"]
        serious = [(v["id"], v["nodes"][0]["html"]) for v in found if grave(v["impact"])]
        assert serious == [], path


def grave(impact: str) -> bool:
    """Say whether a finding shuts somebody out."""
    return impact in {"serious", "critical"}


async def test_every_page_fits_a_phone_and_its_charts_can_be_read(
    browser: Browser, dashboard: str
) -> None:
    page = await opened(browser, PHONE)
    for language in LANGUAGES:
        for path in PATHS:
            await page.goto(f"{dashboard}{path}?lang={language}")
            assert await page.evaluate(WIDTH_NEEDED) <= PHONE["width"], (path, language)
            assert await page.evaluate(SMALLEST_TEXT) >= 12, (path, language)


@pytest.mark.parametrize(("size", "shown"), [(DESK, "wide"), (PHONE, "narrow")])
async def test_of_two_drawings_the_one_that_fits_is_shown(
    browser: Browser, dashboard: str, size: dict[str, int], shown: str
) -> None:
    page = await opened(browser, size)
    await page.goto(f"{dashboard}/?lang=fi")
    images = page.get_by_role("img", name="Työttömyysaste laskee")
    assert await images.count() == 1
    assert await page.locator(f".{shown} svg").is_visible()


async def test_the_language_switch_stays_on_the_page(browser: Browser, dashboard: str) -> None:
    page = await opened(browser, DESK)
    await page.goto(f"{dashboard}/dashboard/capacity-used?lang=fi")
    await page.get_by_role("link", name="Svenska").click()
    assert page.url == f"{dashboard}/dashboard/capacity-used?lang=sv"
    assert await page.get_attribute("html", "lang") == "sv"
    await page.get_by_role("link", name="← Startsida").click()
    assert page.url == f"{dashboard}/?lang=sv"


async def test_without_a_script_tables_open_and_pages_lead_on(
    browser: Browser, dashboard: str
) -> None:
    page = await opened(browser, PHONE, java_script_enabled=False)
    await page.goto(f"{dashboard}/?lang=en")
    row = page.get_by_role("row", name="April 2020")
    assert not await row.is_visible()
    await page.get_by_text("The figures as a table").click()
    assert await row.inner_text() == "April 2020\t18.6%\t12.0%\t11.5% – 12.5%\tOff track"
    await page.get_by_role("link", name="Service places in use").click()
    assert await page.get_by_role("heading", level=1).inner_text() == "Service places in use"


async def test_the_keyboard_reaches_the_content_first(browser: Browser, dashboard: str) -> None:
    page = await opened(browser, DESK)
    await page.goto(f"{dashboard}/?lang=en")
    await page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to content")
    assert await link.evaluate("link => link === document.activeElement")
    await page.keyboard.press("Enter")
    assert page.url.endswith("#content")


async def test_a_page_asks_for_nothing_but_itself_and_its_style(
    browser: Browser, dashboard: str
) -> None:
    page = await opened(browser, DESK)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(f"{dashboard}/?lang=fi", wait_until="networkidle")
    assert [url.partition("dashboard.")[0] for url in asked] == [
        f"{dashboard}/?lang=fi", f"{dashboard}/dashboard/static/",
    ]  # fmt: skip
    assert complaints == []
