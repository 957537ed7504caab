"""Let a program act for an organisation, and say what it may do."""

from dataclasses import dataclass
from datetime import date

from kit.clients import MachineHeard, keep
from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing, Stale
from sqlalchemy import select

from partners.domain.client import SCOPES, Client
from partners.domain.errors import CodeTaken, NotRegistered
from partners.domain.organisation import Organisation
from partners.domain.register_events import ClientFact


@dataclass(frozen=True)
class RegisterClient:
    """An organisation's administrator names a program of its own."""

    organisation: str
    client_id: str
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class LetClient:
    """An organisation's administrator says anew what its program may do; nothing, perhaps."""

    organisation: str
    client_id: str
    scopes: tuple[str, ...]
    expected: int


async def register_client(tx: Transaction, command: RegisterClient) -> Client:
    """Register a client. Raises `NotRegistered`, `CodeTaken`, `UnknownCode`."""
    # Locked: of two that register one id at once, the second finds it taken.
    organisation = await tx.get(Organisation, command.organisation, with_for_update=True)
    if organisation is None:
        raise NotRegistered
    if await tx.get(Client, (command.organisation, command.client_id)) is not None:
        raise CodeTaken
    client = Client(
        organisation=command.organisation,
        client_id=command.client_id,
        scopes=checked(command.scopes),
        valid_until=organisation.ends_on,
    )
    tx.add(client)
    await told(tx, client, client.registered())
    return client


async def let_client(tx: Transaction, command: LetClient) -> Client:
    """Say what a client may do; the same again says nothing. Raises `Missing`, `Stale`,
    `UnknownCode`.
    """
    named = (command.organisation, command.client_id)
    client = await tx.get(Client, named, with_for_update=True)
    if client is None:
        raise Missing
    if client.revision != command.expected:
        raise Stale
    scopes = checked(command.scopes)
    if client.scopes != scopes:
        await told(tx, client, client.let(scopes))
    return client


async def end_clients(tx: Transaction, organisation: str, on: date) -> None:
    """Let no client of an organisation do anything after a day."""
    query = select(Client).where(Client.organisation == organisation)
    for client in await tx.scalars(query.order_by(Client.client_id).with_for_update()):
        if client.valid_until != on:
            await told(tx, client, client.end(on))


async def told(tx: Transaction, client: Client, fact: ClientFact) -> None:
    """Say the fact, and let callers in by it here at once; other services hear of it."""
    await publish(tx, client, fact)
    await keep(tx, MachineHeard(**client.state()), client.revision)


def checked(scopes: tuple[str, ...]) -> list[str]:
    """Check that all may be registered, and give them in one order. Raises `UnknownCode`."""
    return sorted(known(scope, SCOPES, f"/body/scopes/{i}") for i, scope in enumerate(scopes))
