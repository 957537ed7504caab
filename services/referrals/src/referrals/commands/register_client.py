"""Begin a client relationship."""

from dataclasses import dataclass

from kit import clock, ids
from kit.database import Transaction
from kit.outbox import publish
from kit.seals import Seal
from kit.vault import Vault
from sqlalchemy import ColumnElement, exists, select
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

from referrals.commands.legal_basis import statute_of
from referrals.domain.client import Client, close_fields
from referrals.domain.errors import AlreadyRegistered, NotAnIdentityCode


@dataclass(frozen=True)
class RegisterClient:
    """Without a personal identity code the client has at most a pseudonym, of the client's own
    choice. `statute` is the law on which the relationship rests; none: the general one.
    """

    organisation: str
    identity_code: str | None = None
    pseudonym: str | None = None
    statute: str | None = None


async def register_client(
    tx: Transaction, seal: Seal, vault: Vault, command: RegisterClient
) -> Client:
    """Register a client. Raises `NotAnIdentityCode`, `AlreadyRegistered`, `UnknownCode`."""
    now = clock.now()
    client = Client(
        id=ids.new_id(),
        organisation=command.organisation,
        statute=statute_of(command.statute),
        joined=0,
        registered_at=now,
        active_at=now,
    )
    if command.identity_code is not None:
        code = checked(command.identity_code)
        client.identity_hash = seal.fingerprint(code.encode())
        await must_be_new(tx, client, Client.identity_hash == client.identity_hash)
        await close_fields(tx, vault, client, {"identity_code": code})
    elif command.pseudonym is not None:
        client.pseudonym_hash = seal.fingerprint(called(command.pseudonym))
        await must_be_new(tx, client, Client.pseudonym_hash == client.pseudonym_hash)
        await close_fields(tx, vault, client, {"pseudonym": command.pseudonym})
    tx.add(client)
    await publish(tx, client, client.registered())
    return client


def checked(code: str) -> str:
    """Check a personal identity code; all 11 characters count, its sign included."""
    try:
        hetu.validate(code, allow_temporary=True)
    except ValidationError as error:
        raise NotAnIdentityCode from error
    return code.strip().upper()


def called(pseudonym: str) -> bytes:
    """Give what a pseudonym is found by: however it is written in capitals and blanks."""
    return b"pseudonym " + " ".join(pseudonym.casefold().split()).encode()


async def must_be_new(tx: Transaction, client: Client, same: ColumnElement[bool]) -> None:
    """Raise `AlreadyRegistered` where the organisation has this client."""
    there = exists().where(Client.organisation == client.organisation, same)
    if await tx.scalar(select(there)):
        raise AlreadyRegistered
