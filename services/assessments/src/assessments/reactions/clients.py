"""Clients: whom an organisation may assess."""

from uuid import UUID

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from assessments.domain.copies import ClientCopy


class ClientRegistered(Heard):
    """What is read of a client relationship."""

    client_id: UUID
    organisation: str


class ClientPassed(ClientRegistered):
    """What is read of a client that passed to the successor in a task."""


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
