"""One process of one service of the soak: `python -m tests.faults.soak.program serve …`.

It counts, or it hears those who do. One that hears can have a fault, which the soak must find.
"""

from enum import StrEnum

import httpx
from fastapi import APIRouter, FastAPI
from kit.database import Transaction
from kit.edge import ServiceRoute
from kit.events import Event
from kit.reactions import On, Reactions
from kit.run import main
from kit.service import Service
from kit.settings import ServiceSettings
from pydantic_settings import SettingsConfigDict

from ..counting import CountHeard, counting, hear, made


class Fault(StrEnum):
    """What is wrong with a consumer."""

    NONE = ""
    DROPS = "drops"
    DOUBLES = "doubles"


async def drop_some(tx: Transaction, said: CountHeard, event: Event) -> None:
    """Leave out one fact in ten."""
    if event.id.int % 10:
        await hear(tx, said, event)


async def double_some(tx: Transaction, said: CountHeard, event: Event) -> None:
    """Apply one fact in ten twice."""
    await hear(tx, said, event)
    if event.id.int % 10 == 0:
        await hear(tx, said, event)


HEARERS = {Fault.NONE: hear, Fault.DROPS: drop_some, Fault.DOUBLES: double_some}


class Settings(ServiceSettings):
    """Settings with the prefix `SOAK_`."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="SOAK_")

    name: str
    fault: Fault = Fault.NONE


def make_app(
    settings: Settings, http: httpx.AsyncClient | None = None, *, work: bool = True
) -> FastAPI:
    """Make the service that the settings name: one that has feeds to read hears them."""
    if not settings.feeds:
        return counting(settings.name, settings, http, work=work)
    on = On(CountHeard, HEARERS[settings.fault])
    table = {f"{source}.counter.counted.v1": on for source in settings.feeds}
    service = Service(settings.name, settings, (), Reactions(table, ("heard",)), http)
    return made(service, APIRouter(route_class=ServiceRoute), work=work)


if __name__ == "__main__":
    main("tests.faults.soak.program", Settings, make_app)
