"""The words of an agreement and of an offering: values, compared by content, never changed."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Self

from kit.days import Day
from kit.texts import Text
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sharing import Clause

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,63}$", examples=["oulu"])]


class Term(BaseModel):
    """A value that an agreement or an offering states."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


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


def refuse_twins(kind: str, codes: Iterable[str]) -> None:
    """Raise `ValueError` where a code stands twice; it is not repeated in the message."""
    if any(count > 1 for count in Counter(codes).values()):
        raise ValueError(f"{kind} names a code twice")


class Signature(Term):
    """A party's word: which officer gave it (an opaque id), and when."""

    organisation: str
    officer: str
    at: datetime
