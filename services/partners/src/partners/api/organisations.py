"""Organisations: parse, call, return."""

from fastapi import APIRouter
from kit.documents import refuses
from kit.edge import UNCHANGED, ETag, Expected, ServiceRoute, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode
from sqlalchemy import select

from partners.api.callers import Coordinator, Reader
from partners.api.organisation_views import (
    Ending,
    NewOrganisation,
    OrganisationView,
    StatedOrganisation,
)
from partners.commands.change_organisation import ChangeOrganisation, change_organisation
from partners.commands.end_organisation import EndOrganisation, end_organisation
from partners.commands.register_organisation import RegisterOrganisation, register_organisation
from partners.domain.errors import CodeTaken, NotABusinessId
from partners.domain.organisation import Organisation
from partners.queries.organisations import organisation_view

router = APIRouter(route_class=ServiceRoute, tags=["organisations"])


@router.post("/organisations", status_code=201)
@refuses(CodeTaken, NotABusinessId, UnknownCode)
async def register(
    body: NewOrganisation, _coordinator: Coordinator, tx: Transaction, etag: ETag
) -> OrganisationView:
    """Register a partner; the coordinator does."""
    organisation = await register_organisation(tx, RegisterOrganisation(**dict(body)))
    return etag(OrganisationView.model_validate(organisation))


@router.get("/organisations")
async def organisations(_reader: Reader, tx: Transaction, page: Page) -> Listing[OrganisationView]:
    """List the partners, those that ended included."""
    rows, after = await page.read(tx, select(Organisation), Organisation.code)
    return Listing(items=[OrganisationView.model_validate(row[0]) for row in rows], next=after)


@router.get("/organisations/{code}", responses=UNCHANGED)
@refuses(Missing)
async def organisation(code: str, _reader: Reader, tx: Transaction, etag: ETag) -> OrganisationView:
    """Show a partner."""
    return etag(await organisation_view(tx, code))


@router.put("/organisations/{code}")
@refuses(Missing, NotABusinessId, UnknownCode)
async def change(
    code: str,
    body: StatedOrganisation,
    _coordinator: Coordinator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> OrganisationView:
    """State a partner's names, place and units anew; the coordinator does."""
    command = ChangeOrganisation(code, expected, **dict(body))
    return etag(OrganisationView.model_validate(await change_organisation(tx, command)))


@router.post("/organisations/{code}/ending")
@refuses(Missing)
async def end(
    code: str,
    body: Ending,
    _coordinator: Coordinator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> OrganisationView:
    """Set a partner's last day; the coordinator does. What it owns stays until it is passed on."""
    command = EndOrganisation(code, expected, body.on)
    return etag(OrganisationView.model_validate(await end_organisation(tx, command)))
