"""The dashboard: pages for everyone, in the language asked for."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from kit import edge
from kit.documents import refuses
from kit.edge import PublicRoute, Transaction
from kit.problems import Missing
from kit.texts import Language

from metrics.dashboard.site import STYLE, STYLE_NAME, Site
from metrics.domain.indicators import INDICATORS
from metrics.queries.dashboard import front_page, indicator_page

A_YEAR = "public, max-age=31536000, immutable"  # its name changes with its content
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language",
    "X-Content-Type-Options": "nosniff",
}

NO_PAGE: dict[int | str, dict[str, Any]] = {
    404: {"description": "A page that says so", "content": {"text/html": {}}}
}

router = APIRouter(route_class=PublicRoute, tags=["dashboard"], default_response_class=HTMLResponse)


async def site_of(
    request: Request, accepted: edge.Language, lang: Annotated[Language | None, Query()] = None
) -> Site:
    """Give the dashboard in the language of `lang`, else of `Accept-Language`."""
    service = request.app.state.service
    return Site(lang or accepted, urlsplit(service.settings.public_url).path)


Asked = Annotated[Site, Depends(site_of)]


@router.get("/")
async def front(tx: Transaction, site: Asked) -> Response:
    """Show the goals of the agreement in force, and all indicators."""
    page = await front_page(tx)
    return await written(site, lambda: site.front(page))


@router.get("/dashboard/{code}", responses=NO_PAGE)
async def indicator(code: str, tx: Transaction, site: Asked) -> Response:
    """Show one indicator."""
    found = INDICATORS.get(code)
    if found is None:
        return await written(site, site.not_found, 404)
    page = await indicator_page(tx, found)
    return await written(site, lambda: site.indicator(page))


@router.get("/dashboard/static/{name}")
@refuses(Missing)
async def style(name: str) -> Response:
    """Give the style sheet, under the name that its content gives it."""
    if name != STYLE_NAME:
        raise Missing
    return Response(STYLE, media_type="text/css", headers={"Cache-Control": A_YEAR})


async def written(site: Site, write: Callable[[], str], status: int = 200) -> Response:
    """Write a page; drawing takes a while the first time, and the event loop has other work."""
    html = await asyncio.to_thread(write)
    return HTMLResponse(html, status, HEADERS | {"Content-Language": site.language})
