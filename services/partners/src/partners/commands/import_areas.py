"""Import areas and who belongs to them: all records, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from kit.codes import nearest
from kit.database import Transaction
from kit.leader import lock_key
from kit.outbox import publish
from kit.texts import Text
from pydantic import Field, model_validator
from sqlalchemy import func, select

from partners.domain.area import Area, AreaKind, Member, Period, clashes, key_of
from partners.domain.errors import ImportRefused


class AreaRecord(Period):
    """An area; or, with a municipality, that the municipality belongs to it for a time."""

    kind: AreaKind
    code: str = Field(pattern=r"^[0-9A-Za-z-]{1,32}$", examples=["17"])
    municipality: str | None = Field(None, pattern=r"^\d{3}$", examples=["564"])
    name: Text | None = Field(None, description="Of an area; what is not stated stays")

    @property
    def key(self) -> str:
        """The area's name among those of all kinds."""
        return key_of(self.kind, self.code)

    @property
    def identity(self) -> tuple[object, ...]:
        """What no other record of one import may be about."""
        since = self.valid_from if self.municipality else None
        return self.key, self.municipality, since

    @model_validator(mode="after")
    def must_be_one_of_both(self) -> Self:
        """Refuse a membership with a name, and a municipality that has members."""
        if self.municipality and self.name:
            raise ValueError("a membership has no name")
        if self.municipality and self.kind is AreaKind.MUNICIPALITY:
            raise ValueError("a municipality has no members")
        return self


class Outcome(StrEnum):
    """What became of a record."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Refused:
    """A record that cannot be taken: its number from 1, and why; codes that may be meant."""

    record: int
    code: str
    field: str | None = None
    suggestions: tuple[str, ...] = ()


@dataclass
class Register:
    """All areas as they are, and as an import would leave them."""

    areas: dict[str, Area]
    changed: set[str] = field(default_factory=set)
    refused: list[Refused] = field(default_factory=list)

    def take(self, number: int, record: AreaRecord) -> Outcome | None:
        """Take one record; nothing where it is refused."""
        taken = self._belongs(number, record) if record.municipality else self._is(number, record)
        if taken in (Outcome.ADDED, Outcome.CHANGED):
            self.changed.add(record.key)
        return taken

    def _is(self, number: int, record: AreaRecord) -> Outcome | None:
        area = self.areas.get(record.key)
        if area is None and record.name is None:
            self.refused.append(Refused(number, "name-missing", "name"))
            return None
        if area is None:
            self.areas[record.key] = named(record)
            return Outcome.ADDED
        stated = (record.name or area.name, record.valid_from, record.valid_until)
        if stated == (area.name, area.valid_from, area.valid_until):
            return Outcome.UNCHANGED
        area.name, area.valid_from, area.valid_until = stated
        return Outcome.CHANGED

    def _belongs(self, number: int, record: AreaRecord) -> Outcome | None:
        kind, place = AreaKind.MUNICIPALITY, str(record.municipality)
        area = self._known(number, "code", record.kind, record.code)
        if self._known(number, "municipality", kind, place) is None or area is None:
            return None
        member = Member(
            municipality=place, valid_from=record.valid_from, valid_until=record.valid_until
        )
        before = area.member(place, record.valid_from)
        if before == member:
            return Outcome.UNCHANGED
        area.take(member)
        return Outcome.ADDED if before is None else Outcome.CHANGED

    def _known(self, number: int, name: str, kind: AreaKind, code: str) -> Area | None:
        area = self.areas.get(key_of(kind, code))
        if area is None:
            there = [each.code for each in self.areas.values() if each.kind == kind]
            near = tuple(nearest(code, there))
            self.refused.append(Refused(number, "unknown-code", name, near))
        return area


def named(record: AreaRecord) -> Area:
    """Make a new area."""
    return Area(
        key=record.key,
        kind=record.kind,
        code=record.code,
        name=record.name,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
        members=(),
    )


async def import_areas(tx: Transaction, records: Sequence[AreaRecord]) -> list[Outcome]:
    """Take all records, areas before memberships, whatever their order; what is known already
    says nothing. Raises `ImportRefused`, which names each record that cannot be taken and why.
    """
    await tx.execute(select(func.pg_advisory_xact_lock(lock_key("area", "import"))))
    found = await tx.scalars(select(Area).order_by(Area.key).with_for_update())
    register = Register({area.key: area for area in found})
    register.refused.extend(twins(records))
    outcomes: dict[int, Outcome | None] = {}
    for number, record in sorted(enumerate(records, 1), key=lambda r: bool(r[1].municipality)):
        outcomes[number] = register.take(number, record)
    register.refused.extend(overlaps(register, records))
    if register.refused:
        refused = sorted(register.refused, key=lambda each: each.record)
        raise ImportRefused(records=refused)
    for key in sorted(register.changed):
        area = register.areas[key]
        tx.add(area)
        await publish(tx, area, area.imported())
    return [outcome for number in sorted(outcomes) if (outcome := outcomes[number])]


def twins(records: Sequence[AreaRecord]) -> Iterable[Refused]:
    """Refuse a record that is about the same as one before it."""
    seen = set()
    for number, record in enumerate(records, 1):
        if record.identity in seen:
            yield Refused(number, "named-twice")
        seen.add(record.identity)


def overlaps(register: Register, records: Sequence[AreaRecord]) -> Iterable[Refused]:
    """Refuse memberships by which a municipality is in two areas of one kind on one day."""
    wrong = {(a.key, m.municipality, m.valid_from) for a, m in clashes(register.areas.values())}
    for number, record in enumerate(records, 1):
        if record.municipality and record.identity in wrong:
            yield Refused(number, "belongs-elsewhere", "municipality")
