"""What of an agreement the sharing policy reads: its versions, and the clauses of each."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_serializer

from sharing.codes import DataClass, Purpose

Everyone = Literal["all"]
Organisations = Annotated[frozenset[str], Field(min_length=1)]
OrganisationList = Annotated[list[str], Field(min_length=1)]
ClassList = Annotated[list[DataClass], Field(min_length=1)]


def as_written(day: object) -> object:
    """Refuse what pydantic would take for a day as well: a number, or a time of a day."""
    if isinstance(day, date | None) or (isinstance(day, str) and re.fullmatch(ISO, day)):
        return day
    raise ValueError("a day is written like 2026-11-24")


ISO = r"\d{4}-\d{2}-\d{2}"
Day = Annotated[date | None, BeforeValidator(as_written)]
KIND = "kind:"  # before a kind of party, where a clause names parties


class Clause(BaseModel):
    """Permits data of some classes to move, for one purpose, from some parties to some others.

    A side names parties by their codes, kinds of party (`kind:city`), or `all` parties. A clause
    with a theme is for exchanges under that theme alone; one with a period, for its days alone.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", examples=["client-referral"])
    purpose: Purpose
    data_classes: frozenset[DataClass] = Field(min_length=1)
    giver: Organisations | Everyone = Field(alias="from", examples=["all"])
    receiver: Organisations | Everyone = Field(alias="to", examples=["all"])
    theme: str | None = Field(None, max_length=64, examples=["ohjaamo"])
    first_day: Day = Field(None, examples=["2020-01-01"], description="Included")
    last_day: Day = Field(None, examples=["2020-12-31"], description="Included")

    @field_serializer("data_classes", when_used="json")
    def classes_in_order(self, classes: frozenset[DataClass]) -> ClassList:
        """Write a set in one order, so that the same clause is always the same text."""
        return sorted(classes)

    @field_serializer("giver", "receiver", when_used="json")
    def side_in_order(self, side: frozenset[str] | Everyone) -> OrganisationList | Everyone:
        """Write a side in one order, likewise."""
        return "all" if side == "all" else sorted(side)


class Version(BaseModel):
    """A version of an agreement: the words that all have signed rule from their day."""

    model_config = ConfigDict(frozen=True)

    number: int
    effective_on: date
    concluded_on: date | None
    parties: frozenset[str]
    party_kinds: Mapping[str, str] = Field(default_factory=dict)
    valid_from: date
    valid_until: date
    sharing: tuple[Clause, ...] = ()

    @property
    def begins(self) -> date | None:
        """The first day on which it rules; none while a signature is missing."""
        return self.concluded_on and max(self.effective_on, self.concluded_on)

    def names(self, clause: Clause, giver: str, receiver: str) -> bool:
        """Say whether one of its clauses speaks of this giver and this receiver."""
        return self._includes(clause.giver, giver) and self._includes(clause.receiver, receiver)

    def _includes(self, side: frozenset[str] | Everyone, organisation: str) -> bool:
        kind = self.party_kinds.get(organisation)
        return side == "all" or organisation in side or (kind is not None and KIND + kind in side)


class Agreement(BaseModel):
    """An agreement as a service's copy holds it; other fields of the copy are ignored.

    Facts from before there were versions have the words of the first one at the top alone.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    parties: frozenset[str]
    signed_by: frozenset[str]
    valid_from: date
    valid_until: date
    sharing: tuple[Clause, ...] = ()
    versions: tuple[Version, ...] = ()
    terminated_after: date | None = None

    @property
    def concluded(self) -> bool:
        """Every party has signed."""
        return self.parties <= self.signed_by

    def at(self, day: date) -> Version:
        """Give the version that rules on a day; the first one before any does."""
        versions = self.versions or (self._first(),)
        begun = [v for v in versions if v.begins is not None and v.begins <= day]
        return begun[-1] if begun else versions[0]

    def in_force(self, on: date) -> bool:
        """Say whether the agreement binds on a day; both ends of its term are included."""
        version = self.at(on)
        ends = min(version.valid_until, self.terminated_after or version.valid_until)
        return version.begins is not None and version.begins <= on <= ends

    def _first(self) -> Version:
        return Version(
            number=1,
            effective_on=self.valid_from,
            concluded_on=self.valid_from if self.concluded else None,
            parties=self.parties,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            sharing=self.sharing,
        )
