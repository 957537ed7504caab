"""A part of a column, as data and in words."""

from itertools import groupby
from typing import Self

from kit.texts import Text, text
from pydantic import BaseModel, Field

from partners.eligibility.columns import Column
from partners.eligibility.fields import Kind


class Span(BaseModel):
    """Whole numbers, both ends included."""

    low: int
    high: int


class Asked(BaseModel):
    """What a field must be: one of these numbers, one of these codes, or this truth."""

    field: str = Field(examples=["age"])
    numbers: list[Span] | None = None
    codes: list[str] | None = None
    truth: bool | None = None
    text: Text

    @classmethod
    def of(cls, column: Column, mask: int) -> Self:
        """Tell a part of a column that is not all of it."""
        taken = column.taken(mask)
        if column.field.kind is Kind.TRUTH:
            truth = bool(taken[0][0])
            answer = text("kyllä", "ja", "yes") if truth else text("ei", "nej", "no")
            return cls(field=column.code, truth=truth, text=named(column, answer))
        if column.field.kind is Kind.CODE:
            codes = sorted(str(code) for atom in taken for code in atom)
            names = ", ".join(column.field.codes[code] for code in codes)
            return cls(field=column.code, codes=codes, text=named(column, text(*[names] * 3)))
        spans = joined([Span(low=int(low), high=int(high)) for low, high in taken])
        said = ", ".join(f"{s.low}–{s.high}" if s.low < s.high else str(s.low) for s in spans)
        return cls(field=column.code, numbers=spans, text=named(column, text(*[said] * 3)))


def named(column: Column, said: Text) -> Text:
    """Put the field's name before what it must be."""
    name = column.field.name
    return text(
        f"{name.fi}: {said.fi}",
        f"{name.read('sv')}: {said.read('sv')}",
        f"{name.read('en')}: {said.read('en')}",
    )


def joined(spans: list[Span]) -> list[Span]:
    """Join spans that follow on one another."""
    lengths = [0, *(s.high - s.low + 1 for s in spans)]
    before = [sum(lengths[: i + 1]) for i in range(len(spans))]
    groups = groupby(enumerate(spans), key=lambda pair: pair[1].low - before[pair[0]])
    runs = [[span for _, span in run] for _, run in groups]
    return [Span(low=run[0].low, high=run[-1].high) for run in runs]
