"""The composition root."""

import httpx
from fastapi import FastAPI
from kit.service import Service, build
from kit.timers import Timer

from partners.api import (
    areas,
    authorities,
    clients,
    eligibility,
    handovers,
    hsds,
    imports,
    offerings,
    organisations,
    resources,
    routes,
    search,
    sharing,
    versions,
)
from partners.api.problems import REFUSALS
from partners.commands.confirm_register import confirm_register
from partners.commands.keep_calendar import keep_calendar
from partners.commands.keep_importing import keep_importing
from partners.commands.note_exchange import forget_exchanges
from partners.commands.tell_stale import tell_stale
from partners.domain.events import KINDS
from partners.reactions import REACTIONS
from partners.settings import Settings

TIMERS = (
    Timer("calendar", keep_calendar),
    Timer("exchanges asked", forget_exchanges),
    Timer("stale", tell_stale),
    Timer("confirmation", confirm_register),
    Timer("imports", keep_importing, apart=True),
)


def make_app(
    settings: Settings, http: httpx.AsyncClient | None = None, *, work: bool = True
) -> FastAPI:
    """Make the service's application; with `work`, it ticks and listens as well."""
    service = Service("partners", settings, KINDS, REACTIONS, http, TIMERS)
    return build(
        service,
        title="Kumppani: partners",
        description="Organisations, their agreements, and the common catalogue of services.",
        routers=[
            organisations.router,
            clients.router,
            handovers.router,
            areas.router,
            authorities.router,
            routes.router,
            versions.router,
            sharing.router,
            resources.router,
            offerings.router,
            search.router,
            hsds.router,
            imports.router,
            eligibility.router,
        ],
        refusals=REFUSALS,
        work=work,
    )
