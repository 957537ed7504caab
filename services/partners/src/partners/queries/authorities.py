"""Who was competent: read from all mandates and successions, and from who belonged where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kit.database import Transaction
from kit.texts import Text
from sqlalchemy import ColumnElement, or_, select

from partners.domain.area import AreaKind, Member, key_of
from partners.domain.organisation import Organisation
from partners.domain.succession import AreaName, Competent, Covers, Past, competent
from partners.queries.areas import areas


@dataclass(frozen=True)
class Authorities:
    """The answer: who was, who had ended, and what all are called."""

    found: list[Competent]
    ended: list[str]
    names: Mapping[str, Text]


async def authorities_of(tx: Transaction, task: str, municipality: str, on: date) -> Authorities:
    """Find who was competent for a task in a municipality on a day."""
    rows = (await tx.scalars(select(Organisation).where(has_tasks()))).all()
    pasts = {o.code: Past(o.mandates, o.successions, o.ends_on) for o in rows}
    successors = {s.successor for past in pasts.values() for s in past.successions}
    others = await tx.scalars(
        select(Organisation).where(Organisation.code.in_(successors - pasts.keys()))
    )
    known = [*rows, *others.all()]
    pasts |= {o.code: Past((), (), o.ends_on) for o in known if o.code not in pasts}
    found, ended = competent(task, on, pasts, await covering(tx, municipality))
    return Authorities(found, ended, {o.code: o.name for o in known})


def has_tasks() -> ColumnElement[bool]:
    """Select the organisations of which mandates or successions are known."""
    return or_(Organisation.mandates != (), Organisation.successions != ())


async def covering(tx: Transaction, municipality: str) -> Covers:
    """Give what says whether a municipality was in an area on a day."""
    rows = await tx.scalars(areas(None, municipality, None))
    periods: dict[str, list[Member]] = {
        area.key: [member for member in area.members if member.municipality == municipality]
        for area in rows
    }

    def covers(area: AreaName, day: date) -> bool:
        if area.kind is AreaKind.MUNICIPALITY:
            return area.code == municipality
        return any(m.holds(day) for m in periods.get(key_of(area.kind, area.code), ()))

    return covers
