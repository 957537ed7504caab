"""Machine clients: parse, call, return."""

from datetime import date

from fastapi import APIRouter
from kit.documents import refuses
from kit.edge import UNCHANGED, ETag, Expected, ServiceRoute, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode
from kit.tokens import Caller
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import select

from partners.api.callers import Administrator
from partners.api.views import Sent
from partners.commands.register_client import (
    LetClient,
    RegisterClient,
    let_client,
    register_client,
)
from partners.domain.client import Client, ClientId
from partners.domain.errors import CodeTaken, NotRegistered
from partners.domain.terms import refuse_twins

router = APIRouter(route_class=ServiceRoute, tags=["clients"])


class LetScopes(Sent):
    """What a client may do, as far as its tokens say so too; none: nothing."""

    scopes: tuple[str, ...] = Field(max_length=50, examples=[["partners:read", "partners:write"]])

    @model_validator(mode="after")
    def must_name_each_once(self) -> "LetScopes":
        """Refuse a scope named twice."""
        refuse_twins("scopes", self.scopes)
        return self


class NewClient(LetScopes):
    """A program that acts for the organisation from now on, by its OAuth client id."""

    client_id: ClientId


class ClientView(BaseModel):
    """A program that acts for an organisation."""

    model_config = ConfigDict(from_attributes=True)

    organisation: str
    client_id: str
    scopes: list[str]
    valid_until: date | None = Field(description="Its last day, included; null: none is known")
    revision: int


def must_be_own(code: str, caller: Caller) -> None:
    """Raise `Missing` for an administrator of another organisation."""
    if code != caller.organisation:
        raise Missing


@router.post("/organisations/{code}/clients", status_code=201)
@refuses(Missing, NotRegistered, CodeTaken, UnknownCode)
async def register(
    code: str, body: NewClient, caller: Administrator, tx: Transaction, etag: ETag
) -> ClientView:
    """Let a program act for one's own organisation; its administrators do."""
    must_be_own(code, caller)
    command = RegisterClient(code, body.client_id, body.scopes)
    return etag(ClientView.model_validate(await register_client(tx, command)))


@router.get("/organisations/{code}/clients")
@refuses(Missing)
async def clients(
    code: str, caller: Administrator, tx: Transaction, page: Page
) -> Listing[ClientView]:
    """List the programs that act for one's own organisation."""
    must_be_own(code, caller)
    query = select(Client).where(Client.organisation == code)
    rows, after = await page.read(tx, query, Client.client_id)
    return Listing(items=[ClientView.model_validate(row[0]) for row in rows], next=after)


@router.get("/organisations/{code}/clients/{client_id}", responses=UNCHANGED)
@refuses(Missing)
async def client(
    code: str, client_id: str, caller: Administrator, tx: Transaction, etag: ETag
) -> ClientView:
    """Show a program that acts for one's own organisation."""
    must_be_own(code, caller)
    found = await tx.get(Client, (code, client_id))
    if found is None:
        raise Missing
    return etag(ClientView.model_validate(found))


@router.put("/organisations/{code}/clients/{client_id}")
@refuses(Missing, UnknownCode)
async def let(
    code: str,
    client_id: str,
    body: LetScopes,
    caller: Administrator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> ClientView:
    """Say anew what a program of one's own organisation may do; none: nothing more."""
    must_be_own(code, caller)
    command = LetClient(code, client_id, body.scopes, expected)
    return etag(ClientView.model_validate(await let_client(tx, command)))
