"""The composition root."""

import httpx
from fastapi import FastAPI
from kit.service import Service, build

from referrals.api import clients
from referrals.api.problems import REFUSALS
from referrals.api.routes import router
from referrals.domain.events import KINDS
from referrals.reactions import REACTIONS
from referrals.settings import Settings


def make_app(
    settings: Settings, http: httpx.AsyncClient | None = None, *, work: bool = True
) -> FastAPI:
    """Make the service's application; with `work`, it ticks and listens as well."""
    service = Service("referrals", settings, KINDS, REACTIONS, http)
    return build(
        service,
        title="Kumppani: referrals",
        description="Clients, and the closed loop of client referral between the partners.",
        routers=[clients.router, router],
        refusals=REFUSALS,
        work=work,
    )
