"""The commands."""

import asyncio
import os
import socket
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from kit.embedded import ClusterError
from kit.run import serve
from rich.console import Console

from kumppani.contracts import changed, write
from kumppani.demo import run as demo_run
from kumppani.estate import SERVICES, Place, gateway, prepare

app = typer.Typer(help="The whole estate on one machine.", no_args_is_help=True)
contracts = typer.Typer(help="contracts/, generated from the code.", no_args_is_help=True)
app.add_typer(contracts, name="contracts")

out, err = Console(), Console(stderr=True)

Port = Annotated[int, typer.Option(envvar="PORT", help="The port that everything is behind")]
Data = Annotated[Path, typer.Option(envvar="DATA", help="The folder of the data")]
Root = Annotated[Path, typer.Option(help="The folder of the contracts")]


@app.command()
def up(port: Port = 8000, data: Data = Path(".data")) -> None:
    """Run PostgreSQL, the issuer and the services in one process, behind one port."""
    must_be_free(port)
    place = Place(data.resolve(), port)
    try:
        with out.status("Starting PostgreSQL and migrating …"):
            databases = asyncio.run(prepare(place))
    except (ClusterError, OSError) as error:
        fail(f"The estate cannot start: {error}")
    for service in SERVICES:
        out.print(f"  {service:12} {place.url}/{service}/docs")
    serve(gateway(place, databases), host="127.0.0.1", port=port)


@app.command()
def demo(
    port: Port = 8000,
    data: Data = Path(".data"),
    once: Annotated[bool, typer.Option("--once", help="Stop after the scenario")] = False,
) -> None:
    """Run the estate and its main job; non-zero where a step failed."""
    must_be_free(port)
    try:
        well = asyncio.run(demo_run(Place(data.resolve(), port), out, once=once))
    except (ClusterError, OSError) as error:
        fail(f"The estate cannot start: {error}")
    if not well:
        fail("The main job failed.")


@app.command()
def token(
    organisation: Annotated[str, typer.Option(help="The organisation's code")],
    scope: Annotated[list[str] | None, typer.Option(help="Scopes; default: read, write")] = None,
    data: Data = Path(".data"),
) -> None:
    """Print an access token of the development issuer, valid for an hour."""
    scopes = scope or [f"{s}:{kind}" for s in SERVICES for kind in ("read", "write")]
    sys.stdout.write(Place(data.resolve(), 0).issuer().token(organisation, scopes) + "\n")


@contracts.command()
def export(root: Root = Path("contracts")) -> None:
    """Write OpenAPI, JSON Schemas and examples of all services."""
    out.print(f"{write(root)} files written to {root}/")


@contracts.command()
def check(root: Root = Path("contracts")) -> None:
    """Fail where contracts/ differs from the code."""
    names = changed(root)
    if names:
        fail(f"contracts/ is older than the code ({', '.join(names)}): run make contracts")


def must_be_free(port: int) -> None:
    """Stop with one line where the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            fail(f"Port {port} cannot be used ({os.strerror(error.errno or 0)}): set PORT=")


def fail(line: str) -> NoReturn:
    """Say one line, and exit with 1."""
    err.print(line, style="red", soft_wrap=True)
    raise typer.Exit(1)
