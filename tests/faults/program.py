"""One of the two services as a process: `python -m tests.faults.program api | relay | listen …`.

It can be told to die at a moment that nobody hits from outside.
"""

import os
from enum import StrEnum
from typing import NoReturn

from fastapi import FastAPI
from kit.kafka import Log
from kit.relay import Relay
from kit.run import main
from kit.settings import ServiceSettings
from pydantic_settings import SettingsConfigDict

from .counting import counting, hearing

DIED = 9


class Moment(StrEnum):
    """When to die."""

    NEVER = ""
    SENT = "between sending to Kafka and noting it"
    HEARD = "between the database's commit and Kafka's"


class Settings(ServiceSettings):
    """Settings with the prefix `FAULTS_`."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="FAULTS_")

    name: str
    dies: Moment = Moment.NEVER


async def die(*_: object) -> NoReturn:
    """End as a power cut does."""
    os._exit(DIED)


def make_app(settings: Settings, *, work: bool) -> FastAPI:
    """Make the service that the settings name: one that has a feed to read hears."""
    match settings.dies:
        case Moment.SENT:
            Relay._move = die
        case Moment.HEARD:
            Log.commit = die
    if settings.feeds:
        return hearing(settings.name, *settings.feeds, settings)
    return counting(settings.name, settings)


if __name__ == "__main__":
    main("tests.faults.program", Settings, make_app)
