"""The words of an agreement: all that its parties put their names to."""

from datetime import date, datetime
from typing import Self

from kit.days import Day
from kit.texts import Text
from pydantic import Field, model_validator
from sharing import Clause

from partners.domain.lifecycle import Status
from partners.domain.terms import Code, Term, refuse_twins


class Theme(Term):
    """What the parties work on together, and the party that leads it."""

    code: Code = Field(examples=["businessasema"])
    name: Text
    lead: Code


class Pilot(Term):
    """A trial under a theme, and the party that runs it."""

    code: Code = Field(examples=["ict-recruitment"])
    name: Text
    theme: Code = Field(examples=["businessasema"])
    owner: Code


class Figure(Term):
    """A number in the indicator's own unit, the year or month it is of, and its source."""

    value: float = Field(strict=True, allow_inf_nan=False, examples=[11.7])
    period: str = Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$", examples=["2019-01"])
    source: str = Field(min_length=1, max_length=500, examples=["Statistics Finland, 12r5"])


class Goal(Term):
    """Where an indicator stood in an area, and where the parties want it to be."""

    code: Code = Field(examples=["unemployment-rate-2025"])
    indicator: Code = Field(examples=["unemployment-rate"])
    area: str | None = Field(
        None,
        max_length=8,
        examples=["KU564"],
        description="Official code of the area whose figure is meant; null: all that is counted",
    )
    name: Text
    baseline: Figure
    target: Figure


class Terms(Term):
    """All that the parties of an agreement put their names to."""

    name: Text
    vision: Text | None = None
    text: Text | None = None
    parties: tuple[Code, ...] = Field(min_length=2, max_length=200)
    themes: tuple[Theme, ...] = Field((), max_length=100)
    pilots: tuple[Pilot, ...] = Field((), max_length=100)
    goals: tuple[Goal, ...] = Field((), max_length=100)
    sharing: tuple[Clause, ...] = Field((), max_length=200)
    valid_from: Day = Field(examples=["2019-08-12"])
    valid_until: Day = Field(examples=["2021-12-31"], description="The last day, included")

    @model_validator(mode="after")
    def must_be_a_term(self) -> Self:
        """Refuse a term that ends before it begins."""
        if self.valid_from > self.valid_until:
            raise ValueError("valid_until is before valid_from")
        return self

    @model_validator(mode="after")
    def must_name_each_once(self) -> Self:
        """Refuse a code that two of a kind share, and a party named twice."""
        refuse_twins("parties", self.parties)
        for kind in ("themes", "pilots", "goals", "sharing"):
            refuse_twins(kind, (named.code for named in getattr(self, kind)))
        return self


class Signature(Term):
    """A party's word: which officer gave it (an opaque id), when, and to which document.

    `sha256` is of the version's document; null: given before signatures were bound to one.
    """

    organisation: str
    officer: str
    at: datetime
    sha256: str | None = None


class Station(Term):
    """A status that an agreement reached, and the day on which it did."""

    status: Status
    on: date


class Termination(Term):
    """That an agreement ends before its term does: its last day, and why."""

    last_day: date
    reason: Text


class Warned(Term):
    """The last warning of an end that was given: of which last day, how many days before."""

    last_day: date
    days: int
