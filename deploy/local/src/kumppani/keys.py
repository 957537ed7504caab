"""Master keys of the local estate: a new one, and every client's key wrapped by it, under work."""

import asyncio
import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from kit.database import Database
from kit.embedded import ClusterError
from kit.vault import UnknownMaster, Vault, rotated

from kumppani.console import fail, out
from kumppani.estate import MASTER, SECRETS, SPARE, Place, postgresql

SERVICE = "referrals"
Data = Annotated[Path, typer.Option(envvar="DATA", help="The folder of the data")]

app = typer.Typer(help="The key that wraps each client's key.", no_args_is_help=True)


class NotYet(Exception):
    """A new master key would leave keys behind that only the old one opens."""


@app.command()
def renew(data: Data = Path(".data")) -> None:
    """Make a new master key; the old one stays as the spare. Takes effect at the next start."""
    place = Place(data.resolve(), 0)
    try:
        asyncio.run(renewed(place))
    except NotYet as error:
        fail(f"{error}: kumppani keys rotate")
    except (ClusterError, OSError) as error:
        fail(f"The keys cannot be reached: {error}")
    out.print("A new master key is there: start the estate again, then kumppani keys rotate")


@app.command()
def rotate(data: Data = Path(".data")) -> None:
    """Wrap each client's key by the newest master key, while the estate runs."""
    place = Place(data.resolve(), 0)

    def report(done: int, of: int) -> None:
        out.print(f"{done} of {of} keys are wrapped anew")

    try:
        asyncio.run(rewrapped(place, report))
    except UnknownMaster as error:
        fail(f"{error}: see {SECRETS}")
    except (ClusterError, OSError) as error:
        fail(f"The keys cannot be reached: {error}")


def vault_of(place: Place) -> Vault:
    """Open the estate's master keys."""
    kept = place.secrets()
    return Vault(kept[MASTER], kept.get(SPARE, ""))


async def renewed(place: Place) -> None:
    """Put a new master key before the present one. Raises `NotYet` while the spare is in use."""
    vault, kept = vault_of(place), place.secrets()
    with postgresql(place) as cluster:
        database = Database(cluster.urls(SERVICE, SERVICE).worker)
        try:
            _, older = await anext(rotated(database, vault))
        finally:
            await database.close()
    if older:
        raise NotYet(f"{older} keys are wrapped by an older master key")
    changed = {SPARE: kept[MASTER], MASTER: secrets.token_urlsafe(32)}
    (place.folder / SECRETS).write_text(json.dumps(kept | changed))


async def rewrapped(place: Place, report: Callable[[int, int], None]) -> None:
    """Wrap keys anew, and tell of it on the way."""
    with postgresql(place) as cluster:
        database = Database(cluster.urls(SERVICE, SERVICE).worker)
        try:
            async for done, of in rotated(database, vault_of(place)):
                report(done, of)
        finally:
            await database.close()
