"""Reading clients: each organisation its own."""

from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.domain.client import Client


async def client_of(tx: Transaction, client_id: UUID, organisation: str) -> Client:
    """Find a client of the organisation. Raises `Missing`."""
    client = await tx.get(Client, client_id)
    if client is None or client.organisation != organisation:
        raise Missing
    return client


async def clients_by_hash(
    tx: Transaction, by: InstrumentedAttribute[bytes | None], sought: bytes, organisation: str
) -> list[Client]:
    """Find the organisation's clients with an identity, or with a pseudonym."""
    found = select(Client).where(Client.organisation == organisation, by == sought)
    return list((await tx.scalars(found)).all())
