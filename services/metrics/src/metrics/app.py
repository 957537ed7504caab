"""The composition root."""

import httpx
from fastapi import FastAPI
from kit.service import Service, build

from metrics.api.pages import router as pages
from metrics.api.problems import REFUSALS
from metrics.api.routes import router
from metrics.domain.events import KINDS
from metrics.reactions import REACTIONS
from metrics.settings import Settings


def make_app(
    settings: Settings, http: httpx.AsyncClient | None = None, *, work: bool = True
) -> FastAPI:
    """Make the service's application; with `work`, it ticks and listens as well."""
    service = Service("metrics", settings, KINDS, REACTIONS, http)
    return build(
        service,
        title="Kumppani: metrics",
        description="Indicators folded from events, goals, official statistics, a dashboard.",
        routers=[router, pages],
        refusals=REFUSALS,
        work=work,
    )
