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
from partners.hsds.taxonomies import Taxonomy
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
        written = writing.spots(spot[0])[spot[1]]
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
        for spot in writing.spots(listed):
            if spot["id"] == str(id):
                return spot
    raise Missing


@router.get("/organizations")
async def organizations(
    tx: Transaction, sought: Organizations, page: Turn, full: bool = False
) -> HsdsPage:
    """List the partners, those that ended included; with terms, those that offer such services."""
    found, total = await hsds.organizations(tx, sought, page.skip, page.most)
    if not full:
        return page.shown(found, total, writing.organization)
    offers = await hsds.offers(tx, found)
    return page.shown(found, total, lambda o: writing.full_organization(o, offers[o.code]))


@router.get("/organizations/{id}")
@refuses(Missing)
async def organization(
    id: UUID,  # noqa: A002 (the standard's name)
    tx: Transaction,
) -> dict[str, Any]:
    """Show a partner, with what it offers in short."""
    found = await hsds.partner_by_id(tx, id)
    if found is None:
        raise Missing
    return writing.full_organization(found, (await hsds.offers(tx, [found]))[found.code])


@router.get("/taxonomies")
async def taxonomies(tx: Transaction, page: Turn, search: Search = None) -> HsdsPage:
    """List the code sets of the catalogue."""
    every = [each.written() for each in (await hsds.taxonomies(tx)).all]
    found = [each for each in every if mentions(each, search)]
    return page.shown(found[page.skip : page.skip + page.most], len(found), dict)


@router.get("/taxonomies/{id}")
@refuses(Missing)
async def one_taxonomy(
    id: UUID,  # noqa: A002 (the standard's name)
    tx: Transaction,
) -> dict[str, Any]:
    """Show a code set."""
    found = (await hsds.taxonomies(tx)).by_id(str(id))
    if found is None:
        raise Missing
    return found.written()


@router.get("/taxonomy_terms")
async def taxonomy_terms(
    tx: Transaction,
    page: Turn,
    search: Search = None,
    taxonomy_id: UUID | None = None,
    parent_id: UUID | None = None,
    top_only: bool = False,  # noqa: ARG001 (all are at the top)
) -> HsdsPage:
    """List the codes of all sets, or of one. None has a parent, so that all are at the top."""

    def wanted(whole: Taxonomy, code: str) -> bool:
        here = taxonomy_id is None or whole.id == str(taxonomy_id)
        return here and parent_id is None and mentions(whole.term(code), search)

    found = [named for named in (await hsds.taxonomies(tx)).terms() if wanted(*named)]
    shown = found[page.skip : page.skip + page.most]
    return page.shown(shown, len(found), lambda named: named[0].term(named[1]))


@router.get("/taxonomy_terms/{id}")
@refuses(Missing)
async def taxonomy_term(
    id: UUID,  # noqa: A002 (the standard's name)
    tx: Transaction,
) -> dict[str, Any]:
    """Show a code."""
    named = (await hsds.taxonomies(tx)).term_by_id(str(id))
    if named is None:
        raise Missing
    return named[0].term(named[1])


def mentions(written: dict[str, Any], search: str | None) -> bool:
    """Say whether all words occur in a name or a description."""
    said = f"{written['name']} {written['description']}".casefold()
    return all(word in said for word in (search or "").casefold().split())
