"""Imports of directories: parse, call, return."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response
from kit.documents import refuses
from kit.edge import ServiceRoute, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode
from kit.requests import LARGER
from sqlalchemy import select

from partners.api.callers import Reader, Writer
from partners.api.import_views import CatalogueImportView, Directory, RecordView
from partners.commands.import_catalogue import ImportCatalogue, import_catalogue
from partners.domain.catalogue_import import ImportRecord, Outcome
from partners.domain.errors import NotRegistered, NotTheProvider
from partners.queries.imports import import_seen_by, import_view

router = APIRouter(route_class=ServiceRoute, tags=["imports"])

COORDINATE = "partners:coordinate"
MOST_BYTES: Final = 32 * 1024 * 1024  # of a directory


@router.post("/catalogue/imports", status_code=202, openapi_extra={LARGER: MOST_BYTES})
@refuses(NotRegistered, NotTheProvider, UnknownCode)
async def begin(
    body: Directory, caller: Writer, tx: Transaction, answer: Response
) -> CatalogueImportView:
    """Import a directory in HSDS 3.x, or in the PTV's shape v11, as one's own offerings.

    The coordinator may import another's. It goes on in the background, a record at a time: each
    is taken whole or not at all. The same again changes nothing.
    """
    whose = body.organisation or caller.organisation
    if whose != caller.organisation and COORDINATE not in caller.scopes:
        raise NotTheProvider
    begun = await import_catalogue(
        tx,
        ImportCatalogue(caller.organisation, whose, body.format, body.reading(), body.records()),
    )
    answer.headers["Location"] = f"/catalogue/imports/{begun.id}"
    return CatalogueImportView.of(begun, {})


@router.get("/catalogue/imports/{id}")
@refuses(Missing)
async def progress(
    id: UUID,  # noqa: A002 (the thing's own name)
    caller: Reader,
    tx: Transaction,
) -> CatalogueImportView:
    """Show how far an import is: to who began it, and to whose offerings they are."""
    return await import_view(tx, id, caller.organisation)


@router.get("/catalogue/imports/{id}/records")
@refuses(Missing)
async def records(
    id: UUID,  # noqa: A002 (the thing's own name)
    caller: Reader,
    tx: Transaction,
    page: Page,
    outcome: Outcome | None = None,
) -> Listing[RecordView]:
    """List what became of each record, with what was not taken of it, and why."""
    await import_seen_by(tx, id, caller.organisation)
    query = select(ImportRecord).where(ImportRecord.import_id == id)
    if outcome is not None:
        query = query.where(ImportRecord.outcome == outcome)
    rows, after = await page.read(tx, query, ImportRecord.number)
    return Listing(items=[RecordView.of(row[0]) for row in rows], next=after)
