"""Change what is known of a person: how to call on the client, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing, Stale
from kit.vault import Vault

from referrals.domain.client import FIELDS, Client, close_fields, open_fields
from referrals.domain.merge import must_be_kept


@dataclass(frozen=True)
class ChangeClient:
    """Fields that are not named stay as they are; one that is None is forgotten."""

    client_id: UUID
    organisation: str
    expected: int
    fields: Mapping[str, str | None]


async def change_client(tx: Transaction, vault: Vault, command: ChangeClient) -> Client:
    """Change a client of one's own; where nothing is new, nothing happens.

    Raises `Missing`, `Stale`, `MergedAway`, `KeyDestroyed`.
    """
    client = await tx.get(Client, command.client_id, with_for_update=True)
    if client is None or client.organisation != command.organisation:
        raise Missing
    await must_be_kept(tx, client.id)
    if client.revision != command.expected:
        raise Stale
    known = await open_fields(tx, vault, client)
    new = {f: value for f, value in command.fields.items() if value != known.get(f)}
    if new:
        await close_fields(tx, vault, client, new)
        client.active_at = clock.now()
        await publish(tx, client, client.changed(frozenset(FIELDS[f] for f in new)))
    return client
