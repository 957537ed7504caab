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


async def keep_client(tx: Transaction, said: ClientRegistered, _event: Event) -> None:
    """Keep a copy: a relationship begins once, so there is nothing newer to wait for."""
    row = insert(ClientCopy).values(id=said.client_id, organisation=said.organisation)
    await tx.execute(row.on_conflict_do_nothing())
