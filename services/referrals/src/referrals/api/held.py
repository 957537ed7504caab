"""All that is held about a person, for the person: article 15 of Regulation (EU) 2016/679."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from kit.documents import refuses
from kit.edge import Language, Transaction
from kit.problems import Missing
from kit.readable import HEADERS, page, wants_page

from referrals.api.callers import Reader
from referrals.api.clients import Keeper
from referrals.api.export_views import ClientExport
from referrals.api.export_words import TITLE, WORDS
from referrals.api.logged import ClientRoute
from referrals.domain.data_classes import classes_in
from referrals.domain.disclosures import log_clients
from referrals.domain.errors import MergedAway
from referrals.queries.export import export_of


class ExportRoute(ClientRoute):
    """A route whose answer tells all of one client, in a form for programs or for people."""

    async def leave(self, request: Request, _answer: Response) -> None:
        """Write down that all was told, in whichever form. Raises `NotLogged`."""
        told = getattr(request.state, "told", None)
        if told is None:
            return
        about = {"classes": sorted(classes_in(told)), "purpose": "access_request"}
        entry = self.about(request) | about
        records = [told["client"]["id"], *(each["id"] for each in told["merged"])]
        await log_clients(request.state.tx, {UUID(each): entry for each in records})


router = APIRouter(route_class=ExportRoute, tags=["clients"])
FORMS: dict[int | str, dict[str, Any]] = {
    200: {"model": ClientExport, "content": {"text/html": {"schema": {"type": "string"}}}}
}


@router.get("/clients/{client_id}/export", responses=FORMS, response_model=None)
@refuses(Missing, MergedAway)
async def export(
    client_id: UUID,
    request: Request,
    caller: Reader,
    tx: Transaction,
    keeper: Keeper,
    language: Language,
    accept: Annotated[str | None, Header()] = None,
) -> Response:
    """Give one's own client all that is held about the person: JSON, or a page to read."""
    held = await export_of(tx, keeper.vault, client_id, caller.organisation)
    request.state.told = held.model_dump(mode="json")
    vary = {"Vary": "Accept, Accept-Language"}
    if wants_page(accept):
        html = page(TITLE, held, WORDS, language)
        headers = HEADERS | vary | {"Content-Language": language}
        return Response(html, headers=headers, media_type="text/html")
    return Response(held.model_dump_json(), headers=vary, media_type="application/json")
