"""Finding what a command is about, and the codes that it names."""

from typing import TypeVar

from kit.database import Transaction
from kit.leader import lock_key
from kit.problems import Missing, Stale
from kit.texts import Text
from sqlalchemy import func, select

from partners.domain.agreement import Agreement
from partners.domain.area import Area, AreaKind
from partners.domain.errors import CodeTaken
from partners.domain.offering import Offering
from partners.domain.organisation import Organisation

Thing = TypeVar("Thing", Organisation, Agreement, Offering)


async def must_be_free(tx: Transaction, kind: type[Thing], code: str) -> None:
    """Claim a code for a new thing; two that want it wait for each other. Raises `CodeTaken`."""
    await tx.execute(select(func.pg_advisory_xact_lock(lock_key(kind.__tablename__, code))))
    if await tx.get(kind, code) is not None:
        raise CodeTaken


async def found(tx: Transaction, kind: type[Thing], code: str) -> Thing:
    """Lock a thing that everyone may know. Raises `Missing`."""
    thing = await tx.get(kind, code, with_for_update=True)
    if thing is None:
        raise Missing
    return thing


def must_be_at(thing: Thing, expected: int) -> None:
    """Raise `Stale` where the thing has moved on since the caller saw it."""
    if thing.revision != expected:
        raise Stale


async def organisation_codes(tx: Transaction) -> frozenset[str]:
    """Give the codes of all registered organisations."""
    return frozenset((await tx.scalars(select(Organisation.code))).all())


async def municipality_codes(tx: Transaction) -> frozenset[str]:
    """Give the codes of all municipalities that the register of areas has."""
    there = select(Area.code).where(Area.kind == AreaKind.MUNICIPALITY)
    return frozenset((await tx.scalars(there)).all())


async def municipality_names(tx: Transaction) -> dict[str, Text]:
    """Give the names of all municipalities that the register of areas has, by their codes."""
    there = select(Area.code, Area.name).where(Area.kind == AreaKind.MUNICIPALITY)
    rows = await tx.execute(there.order_by(Area.code))
    return {row.code: row.name for row in rows}
