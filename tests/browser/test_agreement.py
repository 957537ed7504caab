"""An agreement's document as people read and print it: in three languages, without a barrier."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from kit import clock
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import STANDING, harness
from kumppani import oulu
from playwright.async_api import Browser, Page

from ..edge.serving import serving

pytestmark = pytest.mark.browser

CODE = "oulu"
SIZES = ({"width": 1280, "height": 900}, {"width": 360, "height": 740})


@pytest.fixture(scope="module")
async def partners(
    program: str, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Harness, str]]:
    """Serve the agreement of Oulu, signed by one; give the service and the document's address."""
    async with harness(cluster, tmp_path_factory.mktemp("agreement"), "partners") as running:
        who = running.caller(CODE, "partners:coordinate", "partners:write")
        for code, about in oulu.PARTIES.items():
            await who.post("/organisations", json={"code": code, **about})
        made = await who.post("/agreements", json=oulu.agreement(CODE, clock.today()))
        assert made.status_code == 201, made.text
        path = f"/agreements/{CODE}"
        step = {"step": "propose"}
        await who.post(f"{path}/steps", json=step, headers={"If-Match": '"1"'})
        await who.post(f"{path}/signatures", headers={"If-Match": '"2"'})
        async with serving(running.app) as (host, port):
            yield running, f"http://{host}:{port}{path}/versions/1"


async def opened(
    browser: Browser, partners: tuple[Harness, str], language: str, size: dict[str, int]
) -> Page:
    """Open the document with a reader's token."""
    service, url = partners
    token = service.issuer.token("kela-pohjoinen", ["partners:read"], client=STANDING)
    context = await browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        locale=language,
        extra_http_headers={"Authorization": f"Bearer {token}"},
        bypass_csp=True,  # axe is a script
    )
    page = await context.new_page()
    answer = await page.goto(url)
    assert answer is not None
    assert answer.status == 200
    return page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
async def test_the_document_has_no_serious_barrier_and_fits(
    browser: Browser, partners: tuple[Harness, str], language: str, size: dict[str, int]
) -> None:
    page = await opened(browser, partners, language, size)
    assert await page.get_attribute("html", "lang") == language
    assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    found = (await Axe().run(page)).response["violations"]
    assert [v["id"] for v in found if v["impact"] in {"serious", "critical"}] == []


async def test_it_prints_on_paper_with_nothing_cut_off(
    browser: Browser, partners: tuple[Harness, str], tmp_path: Path
) -> None:
    page = await opened(browser, partners, "fi", SIZES[0])
    await page.emulate_media(media="print")
    await page.set_viewport_size({"width": 660, "height": 900})  # A4 between its margins
    assert await page.evaluate("document.documentElement.scrollWidth") <= 660
    printed = await page.pdf(path=tmp_path / "agreement.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
