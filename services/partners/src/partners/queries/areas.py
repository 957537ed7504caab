"""Reading areas, as they were on a day."""

from datetime import date

import orjson
from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import Select, Text, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH

from partners.domain.area import Area, AreaKind, key_of

# Days are compared as they are written, year first.
BELONGS = """$[*] ? (@.municipality == $place && (
    $on == null || (@.valid_from == null || @.valid_from <= $on)
                && (@.valid_until == null || @.valid_until >= $on)))"""


async def area_of(tx: Transaction, kind: str, code: str) -> Area:
    """Find an area. Raises `Missing`."""
    area = await tx.get(Area, key_of(kind, code))
    if area is None:
        raise Missing
    return area


def areas(kind: AreaKind | None, municipality: str | None, on: date | None) -> Select[Area]:
    """Select the areas of a kind, those that a municipality belongs to, those of a day."""
    query = select(Area)
    if kind is not None:
        query = query.where(Area.kind == kind)
    if on is not None:
        query = query.where(
            or_(Area.valid_from.is_(None), Area.valid_from <= on),
            or_(Area.valid_until.is_(None), Area.valid_until >= on),
        )
    if municipality is not None:
        asked = orjson.dumps({"place": municipality, "on": on}).decode()
        belongs = func.jsonb_path_exists(
            Area.members, cast(BELONGS, JSONPATH), cast(literal(asked, Text), JSONB)
        )
        query = query.where(or_(Area.key == key_of(AreaKind.MUNICIPALITY, municipality), belongs))
    return query
