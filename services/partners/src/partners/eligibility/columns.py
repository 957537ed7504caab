"""A column's values, cut into atoms: pieces of its field that no cell of the column tells apart.

What a cell means is zen-engine's alone: each atom is tried by one of its values. So that one
value speaks for all of its atom, a cell may hold only comparisons with constants.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import zen

from partners.eligibility.fields import Field, Kind, Value

NUMBER = r"-?\d{1,6}"
ONE = rf"(?:(?:[<>]=?|[!=]=)\s*{NUMBER}|[\[(]\s*{NUMBER}\s*\.\.\s*{NUMBER}\s*[\])]|{NUMBER})"
WORD = r'"[a-z0-9_]{1,40}"'
WORDS = rf"{WORD}(?:\s*,\s*{WORD})*"
CELLS: Mapping[Kind, re.Pattern[str]] = {
    Kind.NUMBER: re.compile(rf"{ONE}(?:(?:\s*,\s*|\s+(?:and|or)\s+){ONE})*"),
    Kind.CODE: re.compile(rf"{WORDS}|(?:not )?in \[{WORDS}\]|!= {WORD}"),
    Kind.TRUTH: re.compile(r"true|false"),
}


class BadCell(Exception):
    """A cell that is no comparison with constants of its field, or that no client can meet."""


@dataclass(frozen=True)
class Column:
    """A field and its atoms; an atom is a tuple of codes or truths, or a range's two ends."""

    code: str
    field: Field
    atoms: tuple[tuple[Value, ...], ...]

    @classmethod
    def of(cls, code: str, field: Field, cells: Iterable[str]) -> "Column":
        """Cut a field as its cells need it."""
        return cls(code, field, tuple(atoms(field, list(cells))))

    @property
    def all(self) -> int:
        """Every value of the field."""
        return (1 << len(self.atoms)) - 1

    def mask(self, cell: str) -> int:
        """Give the atoms that a cell takes; an empty one takes all. Raises `BadCell`."""
        if not cell:
            return self.all
        if not CELLS[self.field.kind].fullmatch(cell):
            raise BadCell
        taken = sum(1 << i for i, atom in enumerate(self.atoms) if meets(atom[0], cell))
        if not taken:
            raise BadCell
        return taken

    def bit(self, value: Value) -> int:
        """Give the atom that a value lies in."""
        if self.field.kind is Kind.NUMBER:
            inside = (int(low) <= int(value) <= int(high) for low, high in self.atoms)
        else:
            inside = (value in atom for atom in self.atoms)
        return sum(1 << i for i, holds in enumerate(inside) if holds)

    def taken(self, mask: int) -> list[tuple[Value, ...]]:
        """Give the atoms of a mask."""
        return [atom for i, atom in enumerate(self.atoms) if mask >> i & 1]


def atoms(field: Field, cells: list[str]) -> list[tuple[Value, ...]]:
    """Cut a field at every constant that a cell names."""
    if field.kind is Kind.TRUTH:
        return [(True,), (False,)]
    if field.kind is Kind.CODE:
        named = sorted({word for cell in cells for word in re.findall(r'"([^"]*)"', cell)})
        here = [code for code in named if code in field.codes]
        others = tuple(code for code in sorted(field.codes) if code not in here)
        return [(code,) for code in here] + ([others] if others else [])
    numbers = {int(number) for cell in cells for number in re.findall(NUMBER, cell)}
    starts = sorted(
        {field.low} | {at for n in numbers for at in (n, n + 1) if field.low < at <= field.high}
    )
    return list(zip(starts, [start - 1 for start in starts[1:]] + [field.high], strict=True))


def unknown_words(field: Field, cell: str) -> list[str]:
    """Give the codes in a cell that its field does not have."""
    words = re.findall(r'"([^"]*)"', cell) if field.kind is Kind.CODE else []
    return [word for word in words if word not in field.codes]


def meets(value: Value, cell: str) -> bool:
    """Say whether a value meets a cell. Raises `BadCell` where zen-engine cannot read it."""
    try:
        return bool(zen.evaluate_unary_expression(cell, {"$": value}))
    except RuntimeError:
        raise BadCell from None
