"""An area of an official set, and the municipalities that belong to it, by date."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

from kit import texts
from kit.aggregates import Aggregate
from kit.days import Day
from pydantic import Field, model_validator
from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.register_events import AreaImported
from partners.domain.tables import Stated, Table
from partners.domain.terms import Term


class AreaKind(StrEnum):
    """The sets of areas. A municipality is the atom; the others are made of municipalities."""

    MUNICIPALITY = "municipality"
    SUB_REGION = "sub_region"
    REGION = "region"
    EMPLOYMENT_AREA = "employment_area"
    ELY_AREA = "ely_area"


class Period(Term):
    """From a day until another, both included; null: since ever, or for good."""

    valid_from: Day | None = Field(None, examples=["2025-01-01"])
    valid_until: Day | None = Field(None, examples=["2025-12-31"])

    @model_validator(mode="after")
    def must_begin_before_it_ends(self) -> Self:
        """Refuse a period that ends before it begins."""
        if self.first > self.last:
            raise ValueError("valid_until is before valid_from")
        return self

    @property
    def first(self) -> date:
        """The first day."""
        return self.valid_from or date.min

    @property
    def last(self) -> date:
        """The last day."""
        return self.valid_until or date.max

    def holds(self, on: date | None) -> bool:
        """Whether a day is in the period; any period holds no day in particular."""
        return on is None or self.first <= on <= self.last

    def meets(self, other: "Period") -> bool:
        """Whether both periods have a day in common."""
        return self.first <= other.last and other.first <= self.last


class Member(Period):
    """A municipality that belongs to an area for a time."""

    municipality: str = Field(examples=["564"])


class Area(Aggregate, Table):
    """An area; before its first import it is as the software came with it, at revision 0."""

    __tablename__ = "area"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[AreaKind] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[texts.Text] = mapped_column(Stated(texts.Text))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    members: Mapped[tuple[Member, ...]] = mapped_column(Stated(tuple[Member, ...]))

    @property
    def subject(self) -> str:
        """The area's name on the bus."""
        return f"areas/{self.key}"

    def member(self, municipality: str, since: date | None) -> Member | None:
        """Find when a municipality that came on a day belongs here."""
        same = (m for m in self.members if (m.municipality, m.valid_from) == (municipality, since))
        return next(same, None)

    def take(self, member: Member) -> None:
        """Let a municipality belong here for a time; said anew for the same first day."""
        others = [
            m
            for m in self.members
            if (m.municipality, m.valid_from) != (member.municipality, member.valid_from)
        ]
        self.members = tuple(sorted([*others, member], key=lambda m: (m.municipality, m.first)))

    def imported(self) -> AreaImported:
        """Say what it is now."""
        names = ("kind", "code", "name", "valid_from", "valid_until", "members")
        state: dict[str, Any] = {name: getattr(self, name) for name in names}
        return AreaImported(**state | {"members": [dict(member) for member in self.members]})


def key_of(kind: str, code: str) -> str:
    """Name an area among those of all kinds."""
    return f"{kind}:{code}"


def clashes(areas: Iterable[Area]) -> Iterator[tuple[Area, Member]]:
    """Find memberships of municipalities that are in two areas of one kind on one day."""
    by_place: dict[tuple[str, str], list[tuple[Area, Member]]] = {}
    for area in areas:
        for member in area.members:
            by_place.setdefault((area.kind, member.municipality), []).append((area, member))
    for found in by_place.values():
        found.sort(key=lambda pair: pair[1].first)
        for (area, member), (other, later) in pairwise(found):
            if member.meets(later):
                yield area, member
                yield other, later
