"""Whether anybody touched the disclosure log, by its chains and by what was witnessed elsewhere."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from kit.database import Database, Transaction
from kit.embedded import ClusterError
from referrals.queries.disclosures import Finding, Witnessed, verified
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kumppani.console import fail, out
from kumppani.estate import Place, postgresql

WITNESSED = text("SELECT client_id, number, hash FROM witnessed_head ORDER BY client_id, number")
URL = "postgresql+asyncpg://…; default: the local estate"

app = typer.Typer(help="The log of who saw what of whom.", no_args_is_help=True)


@app.callback()
def begin() -> None:
    """The log of who saw what of whom."""


@app.command()
def verify(
    log: Annotated[str, typer.Option(envvar="AUDIT_LOG_URL", help=f"Of referrals: {URL}")] = "",
    witness: Annotated[
        str, typer.Option(envvar="AUDIT_WITNESS_URL", help=f"Of metrics: {URL}")
    ] = "",
    data: Annotated[Path, typer.Option(envvar="DATA", help="The folder of the data")] = Path(
        ".data"
    ),
) -> None:
    """Find any edit, deletion, reorder or cut tail; exits with 1 where there is one."""
    try:
        count, found = asyncio.run(looked_at(Place(data.resolve(), 0), log, witness))
    except (ClusterError, OSError, DBAPIError) as error:
        fail(f"The log cannot be read: {str(error).splitlines()[0]}")
    for finding in found:
        out.print(f"{finding.client_id} #{finding.number}: {finding.what}", markup=False)
    if found:
        fail(f"{len(found)} chains of the log are not as they were written.")
    out.print(f"{count} entries are as they were written")


async def looked_at(place: Place, log: str, witness: str) -> tuple[int, list[Finding]]:
    """Read both databases, and compare."""
    if not (log and witness):
        with postgresql(place) as cluster:
            urls = [cluster.urls(name, name).worker for name in ("referrals", "metrics")]
            return await compared(*urls)
    return await compared(log, witness)


async def compared(log: str, witness: str) -> tuple[int, list[Finding]]:
    """Hold the log against what was witnessed."""
    witnessed: dict[UUID, list[Witnessed]] = defaultdict(list)
    async with reading(witness) as tx:
        for row in await tx.execute(WITNESSED):
            witnessed[row.client_id].append(Witnessed(row.number, bytes.fromhex(row.hash)))
    async with reading(log) as tx:
        return await verified(tx, witnessed)


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[Transaction]:
    """Open a database to read in."""
    database = Database(url, pool_size=1)
    try:
        async with database.begin() as tx:
            yield tx
    finally:
        await database.close()
