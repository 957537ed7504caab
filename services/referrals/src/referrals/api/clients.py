"""Clients: parse, call, return."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from kit.database import Transaction as Tx
from kit.documents import refuses
from kit.edge import READS, UNCHANGED, ETag, Expected, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode
from kit.service import Service
from kit.vault import KeyDestroyed

from referrals.api.callers import Reader, Writer
from referrals.api.client_views import (
    ClientChange,
    ClientSearch,
    ClientView,
    DisclosureView,
    NewClient,
)
from referrals.api.logged import ClientRoute, LogRoute
from referrals.commands.change_client import ChangeClient, change_client
from referrals.commands.register_client import RegisterClient, called, checked, register_client
from referrals.domain.client import Client, open_fields
from referrals.domain.disclosures import Disclosure
from referrals.domain.errors import AlreadyRegistered, MergedAway, NotAnIdentityCode
from referrals.domain.merge import records_of
from referrals.queries.clients import client_of, clients_by_hash
from referrals.queries.disclosures import disclosures_of

router = APIRouter(route_class=ClientRoute, tags=["clients"])
log_router = APIRouter(route_class=LogRoute, tags=["clients"])


async def service_of(request: Request) -> Service:
    """Give what seals, and what keeps the clients' keys."""
    service: Service = request.app.state.service
    return service


Keeper = Annotated[Service, Depends(service_of)]


@router.post("/clients", status_code=201)
@refuses(NotAnIdentityCode, AlreadyRegistered, UnknownCode)
async def register(
    body: NewClient, caller: Writer, tx: Transaction, etag: ETag, keeper: Keeper
) -> ClientView:
    """Register a client of one's organisation."""
    command = RegisterClient(caller.organisation, body.identity_code, body.pseudonym, body.statute)
    client = await register_client(tx, keeper.seal, keeper.vault, command)
    return etag(await shown(tx, keeper, client))


@router.post("/clients/search", openapi_extra=READS)
@refuses(NotAnIdentityCode)
async def search(
    body: ClientSearch, caller: Reader, tx: Transaction, keeper: Keeper
) -> Listing[ClientView]:
    """Find one's own client by personal identity code, or by the client's pseudonym."""
    code = body.identity_code
    sought = called(body.pseudonym or "") if code is None else checked(code).encode()
    by = Client.pseudonym_hash if code is None else Client.identity_hash
    found = await clients_by_hash(tx, by, keeper.seal.fingerprint(sought), caller.organisation)
    return Listing(items=[await shown(tx, keeper, client) for client in found], next=None)


@router.get("/clients/{client_id}", responses=UNCHANGED)
@refuses(Missing, MergedAway)
async def client(
    client_id: UUID, caller: Reader, tx: Transaction, etag: ETag, keeper: Keeper
) -> ClientView:
    """Show one's own client."""
    return etag(await shown(tx, keeper, await client_of(tx, client_id, caller.organisation)))


@router.patch("/clients/{client_id}")
@refuses(Missing, MergedAway, KeyDestroyed)
async def change(
    client_id: UUID,
    body: ClientChange,
    caller: Writer,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
    keeper: Keeper,
) -> ClientView:
    """Change name and contact fields; one that is not named stays, null forgets it."""
    fields = body.model_dump(exclude_unset=True)
    command = ChangeClient(client_id, caller.organisation, expected, fields)
    return etag(await shown(tx, keeper, await change_client(tx, keeper.vault, command)))


@log_router.get("/clients/{client_id}/disclosures")
@refuses(Missing, MergedAway)
async def disclosures(
    client_id: UUID, caller: Reader, tx: Transaction, page: Page
) -> Listing[DisclosureView]:
    """Show one's own client who saw or wrote what of the person, and by what right."""
    await client_of(tx, client_id, caller.organisation)
    entries = disclosures_of(await records_of(tx, client_id))
    rows, after = await page.read(tx, entries, Disclosure.place)
    return Listing(items=[DisclosureView.of(row[0]) for row in rows], next=after)


async def shown(tx: Tx, keeper: Service, client: Client) -> ClientView:
    """Show a client with what is known of the person."""
    known = await open_fields(tx, keeper.vault, client)
    return ClientView.of(client, known, (await records_of(tx, client.id))[1:])
