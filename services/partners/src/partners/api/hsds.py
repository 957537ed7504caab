"""The catalogue as an API of HSDS 3.1 (Open Referral): for everyone, to read.

The standard's directories are open, and nothing here is about a person.
"""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from kit.documents import refuses
from kit.edge import PublicRoute, Transaction
from kit.problems import Missing
from pydantic import BaseModel

from partners.api.hsds_views import HsdsPage, Organizations, Search, Services, Turn, in_list
from partners.hsds import writing
from partners.hsds.taxonomies import BY_ID, TAXONOMIES, taxonomy, term, terms
from partners.hsds.writing import Listed
from partners.queries import hsds

router = APIRouter(prefix="/hsds", route_class=PublicRoute, tags=["hsds"])

STANDARD = "https://docs.openreferral.org/en/v3.1.1/hsds/api_reference.html"


class About(BaseModel):
    """What this API is."""

    version: str
    profile: str
    openapi_url: str
    description: str


@router.get("/")
async def about(request: Request) -> About:
    """Tell of this API, as the standard requires."""
    url = request.app.state.service.settings.public_url
    return About(
        version="3.1",
        profile=STANDARD,
        openapi_url=f"{url}/openapi.json",
        description="The common service catalogue of an employment partnership.",
    )


@router.get("/services")
async def services(
    tx: Transaction, sought: Services, page: Turn, minimal: bool = False, full: bool = False
) -> HsdsPage:
    """List the services that fulfil all filters; drafts are nobody's business.

    `minimal`: id, name, status and last_modified, all in one page; `full`: with all that belongs
    to them. What has ended is `defunct`, so that who harvests learns of it.
    """
    if minimal:
        page.minimal()
    found, total = await hsds.services(tx, sought, page.skip, page.most)
    write = writing.service if full else writing.basics
    return page.shown(found, total, writing.minimal if minimal else write)


@router.get("/services/{id}")
@refuses(Missing)
async def service(id: UUID, tx: Transaction) -> dict[str, Any]:  # noqa: A002 (the standard's name)
    """Show a service with all that belongs to it."""
    return writing.service(await hsds.one_service(tx, id))


@router.get("/service_at_locations")
async def service_at_locations(
    tx: Transaction, sought: Services, page: Turn, full: bool = False
) -> HsdsPage:
    """List services at their locations; a channel is a virtual location."""
    found, total = await hsds.spots(tx, sought, page.skip, page.most)

    def write(spot: tuple[Listed, int]) -> dict[str, Any]:
        written: dict[str, Any] = writing.service(spot[0])["service_at_locations"][spot[1]]
        return written if full else in_list(written)

    return page.shown(found, total, write)


@router.get("/service_at_locations/{id}")
@refuses(Missing)
async def service_at_location(
    id: UUID,  # noqa: A002 (the standard's name)
    tx: Transaction,
) -> dict[str, Any]:
    """Show a service at a location."""
    for listed in await hsds.of_spot(tx, id):
        for spot in writing.service(listed)["service_at_locations"]:
            if spot["id"] == str(id):
                return dict(spot)
    raise Missing


@router.get("/organizations")
async def organizations(
    tx: Transaction, sought: Organizations, page: Turn, full: bool = False
) -> HsdsPage:
    """List the partners, those that ended included; with terms, those that offer such services."""
    found, total = await hsds.organizations(tx, sought, page.skip, page.most)
    return page.shown(found, total, writing.full_organization if full else writing.organization)


@router.get("/organizations/{id}")
@refuses(Missing)
async def organization(
    id: UUID,  # noqa: A002 (the standard's name)
    tx: Transaction,
) -> dict[str, Any]:
    """Show a partner."""
    found = await hsds.partner_by_id(tx, id)
    if found is None:
        raise Missing
    return writing.full_organization(found)


@router.get("/taxonomies")
async def taxonomies(page: Turn, search: Search = None) -> HsdsPage:
    """List the code sets of the catalogue."""
    found = [t for t in map(taxonomy, TAXONOMIES.values()) if mentions(t, search)]
    return page.shown(found[page.skip : page.skip + page.most], len(found), dict)


@router.get("/taxonomies/{id}")
@refuses(Missing)
async def one_taxonomy(id: UUID) -> dict[str, Any]:  # noqa: A002 (the standard's name)
    """Show a code set."""
    for found in TAXONOMIES.values():
        if found.id == str(id):
            return taxonomy(found)
    raise Missing


@router.get("/taxonomy_terms")
async def taxonomy_terms(
    page: Turn, search: Search = None, taxonomy_id: UUID | None = None
) -> HsdsPage:
    """List the codes of all sets, or of one. None has a parent."""
    found = [
        each
        for each in (term(*name) for name in terms())
        if mentions(each, search) and taxonomy_id in (None, UUID(each["taxonomy_id"]))
    ]
    return page.shown(found[page.skip : page.skip + page.most], len(found), dict)


@router.get("/taxonomy_terms/{id}")
@refuses(Missing)
async def taxonomy_term(id: UUID) -> dict[str, Any]:  # noqa: A002 (the standard's name)
    """Show a code."""
    named = BY_ID.get(str(id))
    if named is None:
        raise Missing
    return term(*named)


def mentions(written: dict[str, Any], search: str | None) -> bool:
    """Say whether all words occur in a name or a description."""
    said = f"{written['name']} {written['description']}".casefold()
    return all(word in said for word in (search or "").casefold().split())
