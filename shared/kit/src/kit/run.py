"""A service's program: serve | api | listen | migrate."""

import argparse
import asyncio
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI

from kit.migrate import upgrade
from kit.settings import ServiceSettings

GRACE_SECONDS = 8


def main(package: str, settings: type[ServiceSettings], make_app: Callable[..., FastAPI]) -> None:
    """Run one of the service's programs, with settings from the environment."""
    parser = argparse.ArgumentParser(prog=f"python -m {package}")
    parser.add_argument(
        "program",
        choices=["serve", "api", "listen", "migrate"],
        help="serve: API, ticker and listener; api: the API alone; listen: ticker and "
        "listener alone; migrate: bring the database up to date",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    asked = parser.parse_args()
    configured = settings()
    if asked.program == "migrate":
        asyncio.run(upgrade(package, configured.owner_url))
    elif asked.program == "listen":
        asyncio.run(listen(make_app(configured, work=False)))
    else:
        app = make_app(configured, work=asked.program == "serve")
        serve(app, host=asked.host, port=asked.port)


def serve(app: FastAPI, **options: Any) -> None:
    """Serve until SIGTERM; requests under way are finished, within a bound."""
    uvicorn.run(
        app,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
        **options,
    )


async def listen(app: FastAPI) -> None:
    """Tick and listen until stopped."""
    service = app.state.service
    try:
        async with service.working():
            await asyncio.Event().wait()
    finally:
        await service.close()
