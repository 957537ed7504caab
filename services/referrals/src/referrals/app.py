"""The composition root."""

from functools import partial

import httpx
from fastapi import FastAPI
from kit.service import Service, build
from kit.timers import Timer

from referrals.api import (
    batches,
    clients,
    consents,
    erasures,
    feedback,
    fhir,
    handovers,
    held,
    merges,
    messages,
    seats,
    terms,
    worklist,
)
from referrals.api.problems import REFUSALS
from referrals.api.routes import router
from referrals.commands.carry_over import carry_over
from referrals.commands.close_texts import close_texts
from referrals.commands.erasing import ERASING
from referrals.commands.keep_doors import close_doors
from referrals.commands.keep_time import fire, offer_seats, release_holds
from referrals.commands.purge import purge
from referrals.commands.seal_disclosures import seal_disclosures
from referrals.domain.events import KINDS
from referrals.queries.contact import contact_age
from referrals.reactions import REACTIONS
from referrals.settings import Settings

TIMERS = (
    Timer("deadlines", fire),
    Timer("holds", release_holds),
    Timer("line", offer_seats),
    Timer("doors", close_doors),
    Timer("seals", seal_disclosures),
    Timer("handovers", carry_over, apart=True),
    Timer("retention", purge),
)


def make_app(
    settings: Settings, http: httpx.AsyncClient | None = None, *, work: bool = True
) -> FastAPI:
    """Make the service's application; with `work`, it ticks and listens as well."""
    service = Service("referrals", settings, KINDS, REACTIONS, http, TIMERS, ERASING)
    service.gauges.also(contact_age)
    service.timers.also(Timer("texts", partial(close_texts, service.vault)))
    return build(
        service,
        title="Kumppani: referrals",
        description="Clients, and the closed loop of client referral between the partners.",
        routers=[
            clients.router,
            clients.log_router,
            merges.router,
            consents.router,
            consents.receipt_router,
            batches.router,
            erasures.router,
            erasures.retention_router,
            held.router,
            router,
            seats.router,
            terms.router,
            worklist.router,
            messages.router,
            feedback.router,
            fhir.router,
            handovers.router,
        ],
        refusals=REFUSALS,
        work=work,
    )
