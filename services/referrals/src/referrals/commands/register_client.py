"""Begin a client relationship."""

from dataclasses import dataclass

from kit import clock, ids
from kit.database import Transaction
from kit.outbox import publish
from kit.seals import Seal
from kit.vault import Vault
from sqlalchemy import exists, select
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

from referrals.domain.client import Client, close_fields
from referrals.domain.errors import AlreadyRegistered, NotAnIdentityCode


@dataclass(frozen=True)
class RegisterClient:
    """Without a personal identity code the client stays anonymous."""

    organisation: str
    identity_code: str | None


async def register_client(
    tx: Transaction, seal: Seal, vault: Vault, command: RegisterClient
) -> Client:
    """Register a client. Raises `NotAnIdentityCode`, `AlreadyRegistered`."""
    client = Client(id=ids.new_id(), organisation=command.organisation, registered_at=clock.now())
    if command.identity_code is not None:
        code = checked(command.identity_code)
        client.identity_hash = seal.fingerprint(code.encode())
        if await is_registered(tx, command.organisation, client.identity_hash):
            raise AlreadyRegistered
        await close_fields(tx, vault, client, {"identity_code": code})
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


async def is_registered(tx: Transaction, organisation: str, identity_hash: bytes) -> bool:
    """Say whether the organisation has this client already."""
    found = exists().where(
        Client.organisation == organisation, Client.identity_hash == identity_hash
    )
    return bool(await tx.scalar(select(found)))
