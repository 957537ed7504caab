"""A service's program: serve | api | relay | listen | topics | migrate, and an operator's work."""

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
from aiokafka.errors import KafkaError
from fastapi import FastAPI

from kit import desk, journal, operations
from kit.erasures import BookBroken
from kit.letters import NotFirst
from kit.migrate import upgrade
from kit.restored import InUse, begin_new_epoch
from kit.service import NoVault, Role, Service, collect_seldom
from kit.settings import OwnerSettings, ServiceSettings
from kit.topics import WrongTopic, prepare
from kit.vault import UnknownMaster

GRACE_SECONDS = 8
IDLE_SECONDS = 75  # longer than callers keep a connection: none meets one that is being closed


def main(package: str, settings: type[ServiceSettings], make_app: Callable[..., FastAPI]) -> None:
    """Run one of the service's programs, with settings from the environment."""
    asked = arguments(package)
    if asked.tied:
        threading.Thread(target=stop_with_the_input, daemon=True).start()
    if asked.program in ("migrate", "restored"):
        owner = OwnerSettings(_env_prefix=settings.model_config["env_prefix"])
        asyncio.run(work_as_owner(package, asked.program, owner.owner_url))
        return
    journal.configure()
    configured = settings()
    needs_kafka = asked.program in ("relay", "topics")
    if needs_kafka and not configured.kafka:
        sys.exit(f"{package.upper()}_KAFKA is not set: it names Kafka's bootstrap servers")
    app = make_app(configured, work=asked.program == "serve")
    match asked.program:
        case program if program in desk.PROGRAMS:
            asyncio.run(at_the_desk(app.state.service, program, asked.letter))
        case "topics":
            asyncio.run(mend_topics(app))
        case "relay":
            work(app, Role.RELAY, asked.host, asked.port)
        case "listen":
            work(app, Role.LISTEN, asked.host, asked.port)
        case _:
            prefix = urlsplit(configured.public_url).path  # a gateway takes it off, links carry it
            serve(app, host=asked.host, port=asked.port or 8000, root_path=prefix)


def arguments(package: str) -> argparse.Namespace:
    """Read what is asked for on the command line."""
    parser = argparse.ArgumentParser(prog=f"python -m {package}")
    parser.add_argument(
        "program",
        choices=[
            "serve",
            "api",
            "relay",
            "listen",
            "topics",
            "migrate",
            "restored",
            *desk.PROGRAMS,
        ],
        help="serve: everything in one process; api, relay, listen: that alone (of several "
        "relays or listeners one leads, the others stand by); topics: create this service's "
        "Kafka topics, or make them as they are declared; migrate: bring the database up to date; "
        "letters: list the facts that could not be handled, or show one; redrive, discard: try "
        "all of a letter's aggregate again, or go on without it; replay: hear all from zero; "
        "rotate: wrap every subject's key by the master key of the settings, under work; "
        "book: write the erasures that the database knows into their book, where that was lost; "
        "restored: begin a new epoch, once, after the database was restored to a past state",
    )
    parser.add_argument("letter", nargs="?", type=int, help="a letter's number")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--port",
        type=int,
        help="default: 8000; relay and listen answer /-/… only where it is given",
    )
    parser.add_argument("--tied", action="store_true", help="stop when standard input ends")
    return parser.parse_args()


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
            log_config=None,
            timeout_graceful_shutdown=GRACE_SECONDS,
            timeout_keep_alive=IDLE_SECONDS,
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


def work(app: FastAPI, role: Role, host: str, port: int | None) -> None:
    """Do one of the service's background jobs until SIGTERM or Ctrl-C; ticker and timers with it.

    With a port, operators are answered there meanwhile.
    """
    if port is None:
        asyncio.run(work_unasked(app.state.service, role))
    else:
        serve(operations.application(app.state, Role.TICK, Role.TIME, role), host=host, port=port)


async def work_unasked(service: Service, role: Role) -> None:
    """Do a background job until SIGTERM or Ctrl-C."""
    collect_seldom()
    stopped = asyncio.Event()
    for how in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(how, stopped.set)
    try:
        async with service.working(Role.TICK, Role.FORGET, Role.TIME, role):
            await stopped.wait()
    finally:
        await service.close()


async def at_the_desk(service: Service, program: str, letter: int | None) -> None:
    """Do an operator's work; say in one line what cannot be done."""
    try:
        async for line in desk.work(service, program, letter):
            sys.stdout.write(f"{line}\n")
    except (desk.NoLetter, NotFirst, NoVault, UnknownMaster, BookBroken) as error:
        sys.exit(str(error))
    finally:
        await service.close()


async def work_as_owner(package: str, program: str, owner_url: str) -> None:
    """Migrate, or begin a new epoch; say in one line what cannot be done."""
    if program == "migrate":
        await upgrade(package, owner_url)
        return
    try:
        epoch = await begin_new_epoch(owner_url)
    except InUse as error:
        sys.exit(f"{error}")
    sys.stdout.write(f"epoch {epoch} begins\n")


async def mend_topics(app: FastAPI) -> None:
    """Create or mend the service's topics; say in one line what cannot be done."""
    service: Service = app.state.service
    try:
        await prepare(service.settings.kafka, service.topics, mend=True)
    except (WrongTopic, KafkaError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
    finally:
        await service.close()
