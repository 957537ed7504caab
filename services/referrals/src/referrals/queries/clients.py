"""Reading clients: each organisation its own."""

from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.domain.client import Client
from referrals.domain.errors import MergedAway
from referrals.domain.merge import kept_of


async def client_of(tx: Transaction, client_id: UUID, organisation: str) -> Client:
    """Find a client of the organisation. Raises `Missing`, and `MergedAway` where another record
    of the same person is kept.
    """
    client = await tx.get(Client, client_id)
    if client is None or client.organisation != organisation:
        raise Missing
    if client.merged_at is not None:
        raise MergedAway(kept=str(await kept_of(tx, client_id)))
    return client


async def clients_by_hash(
    tx: Transaction, by: InstrumentedAttribute[bytes | None], sought: bytes, organisation: str
) -> list[Client]:
    """Find the organisation's clients with an identity, or with a pseudonym: where a record was
    merged into another, that one.
    """
    found = select(Client).where(Client.organisation == organisation, by == sought)
    records = (await tx.scalars(found.order_by(Client.id))).all()
    kept = {
        each.id if each.merged_at is None else await kept_of(tx, each.id): each for each in records
    }
    return [await tx.get_one(Client, client_id) for client_id in kept]
