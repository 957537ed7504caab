"""Clients: whom an organisation may assess, and who was erased."""

from uuid import UUID

from kit.database import Transaction
from kit.erasures import Erasure, keep
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from assessments.commands.erase_client import erase
from assessments.domain.copies import ClientCopy


class ClientRegistered(Heard):
    """What is read of a client relationship."""

    client_id: UUID
    organisation: str


class ClientPassed(ClientRegistered):
    """What is read of a client that passed to the successor in a task."""


class ClientErased(ClientRegistered):
    """What is read of an erasure."""

    ground: str


async def keep_client(tx: Transaction, said: ClientRegistered, _event: Event) -> None:
    """Keep a copy: a relationship begins once."""
    row = insert(ClientCopy).values(id=said.client_id, organisation=said.organisation)
    await tx.execute(row.on_conflict_do_nothing())


async def pass_client(tx: Transaction, said: ClientPassed, _event: Event) -> None:
    """Let the successor assess the client from now on; what others assessed stays theirs."""
    row = insert(ClientCopy).values(id=said.client_id, organisation=said.organisation)
    newest = row.on_conflict_do_update(
        index_elements=[ClientCopy.id], set_={"organisation": row.excluded.organisation}
    )
    await tx.execute(newest)


async def erase_client(tx: Transaction, said: ClientErased, event: Event) -> None:
    """Erase here what was erased there, and keep that where no backup of this database is."""
    erasure = Erasure(said.client_id, said.organisation, said.ground, event.time)
    if await erase(tx, erasure):
        await keep(tx, erasure)
