"""Searching the catalogue: parse, call, return."""

from typing import Annotated

from fastapi import APIRouter, Query
from kit.codes import known
from kit.documents import refuses
from kit.edge import ServiceRoute, Transaction
from kit.problems import UnknownCode
from sharing.codes import NEEDS

from partners.api.callers import Reader
from partners.api.search_views import SearchView
from partners.commands.find import municipality_codes
from partners.domain.catalogue_codes import LANGUAGES
from partners.queries.search import Search
from partners.queries.search import search as searched

router = APIRouter(route_class=ServiceRoute, tags=["offerings"])

POINT = r"^-?([0-8]?\d(\.\d{1,8})?|90),-?((1[0-7]|\d)?\d(\.\d{1,8})?|180)$"
Near = Annotated[
    str | None,
    Query(pattern=POINT, max_length=40, description="Latitude and longitude: 65.01,25.47"),
]


@router.get("/catalogue/search")
@refuses(UnknownCode)
async def search(
    _reader: Reader,
    tx: Transaction,
    q: Annotated[str | None, Query(max_length=200, description="In fi, sv or en")] = None,
    need: str | None = None,
    municipality: str | None = None,
    language: str | None = None,
    age: Annotated[int | None, Query(ge=0, le=120)] = None,
    near: Near = None,
    within_km: Annotated[float, Query(ge=1, le=500, allow_inf_nan=False)] = 50.0,
    with_room: bool = False,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> SearchView:
    """Search the published offerings, the best first, each with the points that put it there.

    A word may have a typing error, two from eight letters on; it is told how it was read.
    """
    for name, code, codes in (
        ("need", need, NEEDS),
        ("municipality", municipality, await municipality_codes(tx)),
        ("language", language, LANGUAGES),
    ):
        if code is not None:
            known(code, codes, f"/query/{name}")
    asked = Search(q, need, municipality, language, age, point(near), within_km, with_room, limit)
    return await searched(tx, asked)


def point(near: str | None) -> tuple[float, float] | None:
    """Read a latitude and a longitude."""
    if near is None:
        return None
    latitude, _, longitude = near.partition(",")
    return float(latitude), float(longitude)
