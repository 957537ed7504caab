"""The commands."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeVar

import httpx
import typer
from dotenv import dotenv_values
from kit import journal
from kit.desk import NoLetter
from kit.embedded import Cluster, ClusterError
from kit.letters import NotFirst
from kit.restored import InUse

from kumppani import broker, feeds, hosting, operating
from kumppani.audit import app as audit
from kumppani.broker import BrokerError
from kumppani.console import fail, out
from kumppani.contracts.commands import app as contracts
from kumppani.demo import run as demo_run
from kumppani.demo import run_at
from kumppani.estate import SERVICES, Place, gateway, postgresql, prepare
from kumppani.issuers import NoToken, scopes_of, token_at
from kumppani.keys import app as keys
from kumppani.separate import separated

app = typer.Typer(no_args_is_help=True)
app.add_typer(contracts, name="contracts")
app.add_typer(keys, name="keys")
app.add_typer(audit, name="audit")
events = typer.Typer(help="Facts as they happen.", no_args_is_help=True)
app.add_typer(events, name="events")
letters = typer.Typer(help="Facts that could not be handled.", no_args_is_help=True)
app.add_typer(letters, name="dead-letters")

Result = TypeVar("Result")

Port = Annotated[int, typer.Option(envvar="PORT", help="The port that everything is behind")]
Data = Annotated[Path, typer.Option(envvar="DATA", help="The folder of the data")]
Separate = Annotated[bool, typer.Option("--separate", help="A process for each service")]
Kafka = Annotated[
    bool,
    typer.Option(
        "--kafka", help="Separate processes, and facts by Apache Kafka (needs Java, Maven)"
    ),
]
At = Annotated[
    str | None,
    typer.Option(help="An estate that runs already; secrets of clients: environment or .env"),
]
Service = Annotated[str, typer.Argument(help="The service's name")]
Letter = Annotated[int, typer.Argument(help="The letter's number in the list")]


@app.callback()
def begin() -> None:
    """The whole estate on one machine."""
    journal.configure(level=logging.WARNING)


@app.command()
def up(
    port: Port = 8000, data: Data = Path(".data"), separate: Separate = False, kafka: Kafka = False
) -> None:
    """Run the estate, empty, behind one port, until Ctrl-C."""
    with carried(here(port, data), kafka) as place:
        guarded(hosting.up(place, form(separate or kafka), out))


@app.command()
def demo(
    port: Port = 8000,
    data: Data = Path(".data"),
    once: Annotated[bool, typer.Option("--once", help="Stop after the scenario")] = False,
    separate: Separate = False,
    kafka: Kafka = False,
    at: At = None,
) -> None:
    """Run the estate and its main job, or play it elsewhere; exits with 1 where a step failed."""
    if at:
        well = elsewhere(at, run_at(at, client_secrets(), out))
    else:
        with carried(here(port, data), kafka) as place:
            well = guarded(demo_run(place, form(separate or kafka), out, once=once))
    if not well:
        fail("The main job failed.")


def here(port: int, data: Path) -> Place:
    """Give the place of an estate that is about to run; its end is in order from here on."""
    must_be_free(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the server's own stop comes before it
    return Place(data.resolve(), port)


@contextmanager
def carried(place: Place, kafka: bool) -> Iterator[Place]:
    """Run Kafka, where it is asked for, while the body runs."""
    if not kafka:
        yield place
        return
    with ExitStack() as stack:
        try:
            with out.status("Starting Kafka …"):
                servers = stack.enter_context(broker.kafka(place.folder / "kafka"))
        except (BrokerError, OSError) as error:
            fail(f"The estate cannot start: {error}")
        yield replace(place, kafka=servers)


def form(separate: bool) -> hosting.Form:
    """Choose whether the services share this process."""

    def report(line: str) -> None:
        out.print(f"  [yellow]![/] {line}", soft_wrap=True)

    if separate:
        return lambda place, databases: separated(place, databases, report)
    return gateway


@app.command()
def token(
    organisation: Annotated[str, typer.Option(help="The organisation's code")],
    scope: Annotated[
        list[str] | None, typer.Option(help="Scopes; default: what an organisation's client has")
    ] = None,
    client: Annotated[
        str | None, typer.Option(help="The OAuth client; default: the organisation's code")
    ] = None,
    data: Data = Path(".data"),
    at: At = None,
) -> None:
    """Print an access token: of the development issuer, valid for an hour; or of an estate's."""
    acting = client or organisation
    if at:
        sys.stdout.write(elsewhere(at, token_at(at, client_secrets(), acting)) + "\n")
        return
    scopes = scope or scopes_of(acting)
    try:
        issuer = Place(data.resolve(), 0).issuer()
    except OSError as error:
        fail(f"The issuer's key cannot be kept: {error}")
    sys.stdout.write(issuer.token(organisation, scopes, client=acting) + "\n")


@app.command()
def migrate(data: Data = Path(".data")) -> None:
    """Bring the databases of the local estate up to date."""
    with started(Place(data.resolve(), 0)) as cluster:
        asyncio.run(prepare(cluster))
    out.print(f"{len(SERVICES)} databases are up to date")


@app.command()
def replay(service: Service, data: Data = Path(".data")) -> None:
    """Let a service rebuild its projections from zero; one that runs begins within seconds."""
    guarded(operating.replay(Place(data.resolve(), 0), known(service)))
    out.print(f"{service} begins from zero")


@app.command()
def restored(service: Service, data: Data = Path(".data")) -> None:
    """Begin a new epoch, once, after a service's database was restored to a past state."""
    try:
        epoch = guarded(operating.restored(Place(data.resolve(), 0), known(service)))
    except InUse as error:
        fail(f"{error}")
    out.print(f"{service} goes on in epoch {epoch}; start it")


@app.command()
def doctor() -> None:
    """Say what is there, what is missing, and what to do."""
    for what, there, advice in operating.findings():
        out.print(f"[green]✓[/] {what}" if there else f"[yellow]–[/] {what}: {advice}")


@events.command()
def tail(
    service: Annotated[list[str] | None, typer.Option(help="Only these services")] = None,
    port: Port = 8000,
    data: Data = Path(".data"),
) -> None:
    """Show each fact as it happens, until Ctrl-C."""
    place = Place(data.resolve(), port)
    try:
        asyncio.run(feeds.tail(place, [known(s) for s in service or SERVICES], show_event))
    except* httpx.HTTPError:
        fail(f"Nobody answers at {place.url}: start the estate with make local")


@letters.command("list")
def list_letters(service: Service, data: Data = Path(".data")) -> None:
    """List the facts that a service could not handle."""
    found = guarded(operating.letters(Place(data.resolve(), 0), known(service)))
    for row in found:
        out.print(" ".join(str(value) for value in row.values() if value), markup=False)
    out.print(f"{len(found)} put aside")


@letters.command()
def show(service: Service, letter: Letter, data: Data = Path(".data")) -> None:
    """Show one whole."""
    found = guarded(operating.letter(Place(data.resolve(), 0), known(service), letter))
    for name, value in found.items():
        out.print(f"{name}: {value}", markup=False)


@letters.command("redrive")
def redrive_letters(service: Service, letter: Letter, data: Data = Path(".data")) -> None:
    """Try all that was put aside of this letter's aggregate again, in order."""
    drive(service, letter, data, again=True)


@letters.command("discard")
def discard_letter(service: Service, letter: Letter, data: Data = Path(".data")) -> None:
    """Go on without this fact; what parked behind it is handled."""
    drive(service, letter, data, again=False)


def drive(service: str, letter: int, data: Path, *, again: bool) -> None:
    """Handle a letter, and say what stays aside."""
    place = Place(data.resolve(), 0)
    left = guarded(operating.drive(place, known(service), letter, again=again))
    out.print(f"{left} still put aside")


def known(service: str) -> str:
    """Check a service's name."""
    if service not in SERVICES:
        fail(f"There is no service {service}; there are {', '.join(SERVICES)}")
    return service


def show_event(event: dict[str, Any]) -> None:
    """Show a fact on a line."""
    line = f"{event['time'][11:19]}  {event['type']:48} {event['subject']}  #{event['sequence']}"
    out.print(line, markup=False, soft_wrap=True)


@contextmanager
def started(place: Place) -> Iterator[Cluster]:
    """Run PostgreSQL; where it cannot start, say one line."""
    try:
        with postgresql(place) as cluster:
            yield cluster
    except (ClusterError, OSError) as error:
        fail(f"The estate cannot start: {error}")


def guarded(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a command's work; what cannot be done is one line."""
    try:
        return asyncio.run(work)
    except (NoLetter, NotFirst) as error:
        fail(f"{error}: see dead-letters list")
    except (ClusterError, OSError) as error:
        fail(f"The estate cannot start: {error}")


def client_secrets() -> dict[str, str | None]:
    """Read the clients' secrets; what the environment says goes before .env."""
    return dotenv_values(".env") | os.environ


def elsewhere(url: str, work: Coroutine[Any, Any, Result]) -> Result:
    """Run a command's work on an estate at an address; where it cannot be, say one line."""
    try:
        return asyncio.run(work)
    except NoToken as error:
        fail(str(error))
    except (httpx.TransportError, httpx.InvalidURL) as error:
        why = str(error) or type(error).__name__
        fail(f"Nobody answers at {url} ({why}): start the estate with make up")


def must_be_free(port: int) -> None:
    """Stop with one line where the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            fail(f"Port {port} cannot be used ({os.strerror(error.errno or 0)}): set PORT=")
