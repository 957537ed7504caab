"""The composition root."""

import httpx
from fastapi import FastAPI
from kit.service import Service, build

from assessments import rules
from assessments.api.problems import REFUSALS
from assessments.api.routes import router
from assessments.commands.erase_client import ERASING
from assessments.domain.events import KINDS
from assessments.reactions import REACTIONS
from assessments.settings import Settings


def make_app(
    settings: Settings, http: httpx.AsyncClient | None = None, *, work: bool = True
) -> FastAPI:
    """Make the service's application. Raises `MalformedRules` before anything is opened."""
    book = rules.delivered()
    app = build(
        Service("assessments", settings, KINDS, REACTIONS, http, erasing=ERASING),
        title="Kumppani: assessments",
        description="Service-need assessment: instruments, answers, suggestions, decisions.",
        routers=[router],
        refusals=REFUSALS,
        work=work,
    )
    app.state.rules = book
    return app
