"""The composition root."""

import httpx
from fastapi import FastAPI
from kit.service import Service, build

from vacancies.api.problems import REFUSALS
from vacancies.api.routes import router
from vacancies.domain.events import KINDS
from vacancies.reactions import REACTIONS
from vacancies.settings import Settings


def make_app(
    settings: Settings, http: httpx.AsyncClient | None = None, *, work: bool = True
) -> FastAPI:
    """Make the service's application; with `work`, it ticks and listens as well."""
    service = Service("vacancies", settings, KINDS, REACTIONS, http)
    return build(
        service,
        title="Kumppani: vacancies",
        description="The meeting place of jobseekers and employers: vacancies, explained matches.",
        routers=[router],
        refusals=REFUSALS,
        work=work,
    )
