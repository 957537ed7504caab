"""A service's program: serve | api | listen | migrate."""

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

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
    parser.add_argument("--tied", action="store_true", help="stop when standard input ends")
    asked = parser.parse_args()
    if asked.tied:
        threading.Thread(target=stop_with_the_input, daemon=True).start()
    configured = settings()
    if asked.program == "migrate":
        asyncio.run(upgrade(package, configured.owner_url))
    elif asked.program == "listen":
        asyncio.run(listen(make_app(configured, work=False)))
    else:
        app = make_app(configured, work=asked.program == "serve")
        prefix = urlsplit(configured.public_url).path  # a gateway takes it off, links carry it
        serve(app, host=asked.host, port=asked.port, root_path=prefix)


def stop_with_the_input() -> None:
    """Stop this process, as SIGTERM would, when whoever holds the other end of stdin is gone."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


class Server(uvicorn.Server):
    """A server whose application (`app.state.leave`) hears of the end before requests are waited
    for: it is not ready any more, and long polls end. Requests under way are finished, in bounds.
    """

    def __init__(self, app: FastAPI, **options: Any) -> None:
        self._leave: Callable[[], None] = app.state.leave
        config = uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=GRACE_SECONDS,
            **options,
        )
        super().__init__(config)

    def stop(self) -> None:
        """Begin to stop."""
        self._leave()
        self.should_exit = True

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """Stop in order, so that the process ends with 0; at a second Ctrl-C, at once."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.stop()


def serve(app: FastAPI, **options: Any) -> None:
    """Serve until SIGTERM or Ctrl-C; exits with 3 where the application cannot start."""
    server = Server(app, **options)
    server.run()
    if not server.started:
        sys.exit(3)


async def listen(app: FastAPI) -> None:
    """Tick and listen until stopped."""
    service = app.state.service
    try:
        async with service.working():
            await asyncio.Event().wait()
    finally:
        await service.close()
