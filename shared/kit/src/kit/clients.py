"""Machine clients: which OAuth clients act for which organisation, and what each may do here.

What a caller may do is its token's scopes as far as they are registered for its client, too. Each
service keeps a copy of what was registered. Clients that stand in the settings need no
registration: the estate's own, and those of whoever runs it.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from kit import clock
from kit.database import Transaction, hot
from kit.events import Event
from kit.facts import Heard
from kit.tokens import Caller

FIND = """
    SELECT scopes FROM registered_client
    WHERE organisation = $1 AND client_id = $2 AND (valid_until IS NULL OR valid_until >= $3)
"""
KEEP = """
    INSERT INTO registered_client (organisation, client_id, scopes, valid_until, revision)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (organisation, client_id) DO UPDATE
    SET scopes = excluded.scopes, valid_until = excluded.valid_until, revision = excluded.revision
    WHERE registered_client.revision < excluded.revision
"""


class MachineHeard(Heard):
    """What is read of a client; `valid_until` is the last day on which it may do anything."""

    organisation: str
    client_id: str
    scopes: tuple[str, ...]
    valid_until: date | None = None


async def keep_machine(tx: Transaction, said: MachineHeard, event: Event) -> None:
    """Keep the newest state: the reaction to facts of clients."""
    await keep(tx, said, event.sequence)


async def keep(tx: Transaction, client: MachineHeard, revision: int) -> None:
    """Write a client's state at a revision into this service's copy; it only moves forward."""
    scopes = list(client.scopes)
    named = client.organisation, client.client_id
    await hot(tx, KEEP, *named, scopes, client.valid_until, revision)


async def admitted(tx: Transaction, standing: Collection[str], caller: Caller) -> Caller:
    """Give the caller with no more scopes than are registered for its client today."""
    if caller.client in standing:
        return caller
    found = await hot(tx, FIND, caller.organisation, caller.client, clock.today())
    registered = frozenset(found[0]["scopes"]) if found else frozenset()
    return replace(caller, scopes=caller.scopes & registered)
