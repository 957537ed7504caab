"""A table as boxes: which clients each rule takes, after the rules before it took theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import zen
from kit.codes import known
from kit.texts import LANGUAGES, Text, text

from partners.domain.catalogue import Audience
from partners.domain.errors import MalformedTable, TableTooWide
from partners.eligibility.boxes import Box, Knife, TooManyPieces
from partners.eligibility.columns import BadCell, Column, unknown_words
from partners.eligibility.fields import Fields
from partners.eligibility.jdm import Document

TABLE = "/body/table/nodes/1/content"


@dataclass(frozen=True)
class Rule:
    """A row: what it asks (a cell for each field; none means any), and what it says."""

    id: str
    cells: Mapping[str, str]
    eligible: bool
    because: Text


@dataclass(frozen=True)
class Table:
    """Rules in their order, which ask of some fields: the first that fits a client decides."""

    rules: tuple[Rule, ...]
    fields: Fields

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The fields that the rules ask of, and their atoms."""
        fields = sorted({field for rule in self.rules for field in rule.cells})
        asked = {code: [rule.cells.get(code, "") for rule in self.rules] for code in fields}
        return tuple(Column.of(code, self.fields[code], cells) for code, cells in asked.items())

    @cached_property
    def all(self) -> Box:
        """Every client."""
        return tuple(column.all for column in self.columns)

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """What each rule asks, whatever stands before it."""
        return tuple(
            tuple(column.mask(rule.cells.get(column.code, "")) for column in self.columns)
            for rule in self.rules
        )

    @cached_property
    def _knife(self) -> Knife:
        return Knife()

    @cached_property
    def regions(self) -> tuple[tuple[Box, ...], ...]:
        """Whom each rule decides about. Raises `TableTooWide`."""
        try:
            return tuple(
                tuple(self._knife.without([box], self.boxes[:i]))
                for i, box in enumerate(self.boxes)
            )
        except TooManyPieces:
            raise TableTooWide from None

    @cached_property
    def gaps(self) -> tuple[Box, ...]:
        """Whom no rule decides about. Raises `TableTooWide`."""
        try:
            return tuple(self._knife.without([self.all], self.boxes))
        except TooManyPieces:
            raise TableTooWide from None


def rules_of(document: Document, fields: Fields) -> tuple[Rule, ...]:
    """Read a document's rules. Raises `UnknownCode`, `MalformedTable`; both say where."""
    inputs, outputs = document.content.inputs, document.content.outputs
    for i, column in enumerate(inputs):
        known(column.field, fields, f"{TABLE}/inputs/{i}/field")
    rules = []
    for i, row in enumerate(document.content.rules):
        pointer = f"{TABLE}/rules/{i}"
        cells = {c.field: row[c.id].strip() for c in inputs if row.get(c.id, "").strip()}
        says: dict[str, Any] = {
            c.field: constant(row.get(c.id, ""), f"{pointer}/{c.id}", bool if not i else str)
            for i, c in enumerate(outputs)
        }
        for column in inputs:
            cell = cells.get(column.field, "")
            must_be_a_cell(column.field, fields, cell, f"{pointer}/{column.id}")
        because = Text.model_validate({code: says[f"because.{code}"] for code in LANGUAGES})
        rules.append(Rule(row["_id"], cells, says["eligible"], because))
    return tuple(rules)


def must_be_a_cell(code: str, fields: Fields, cell: str, pointer: str) -> None:
    """Refuse a cell that cannot be read, names a code that nobody has, or is nobody's."""
    field = fields[code]
    for word in unknown_words(field, cell):
        known(word, field.codes, pointer)
    try:
        Column.of(code, field, [cell]).mask(cell)
    except BadCell:
        raise MalformedTable(pointer=pointer) from None


def constant(cell: str, pointer: str, kind: type) -> Any:
    """Read what a rule says: a constant. Raises `MalformedTable`."""
    try:
        value = zen.evaluate_expression(cell, {})
    except RuntimeError:
        value = None
    if not isinstance(value, kind) or value == "":
        raise MalformedTable(pointer=pointer)
    return value


def rules_of_audience(audience: Audience, fields: Fields) -> tuple[Rule, ...]:
    """Write an audience as the rules that stand before every table: who is not meant is out."""
    rules = []
    low, high = audience.age_from or 0, 120 if audience.age_to is None else audience.age_to
    outside = [f"< {low}"] * (low > 0) + [f"> {high}"] * (high < fields["age"].high)
    if outside:
        rules.append(excludes("age", {"age": " or ".join(outside)}, OTHER_AGE))
    if audience.municipalities and set(fields["municipality"].codes) - {*audience.municipalities}:
        named = ", ".join(f'"{code}"' for code in audience.municipalities)
        rules.append(excludes("municipality", {"municipality": f"not in [{named}]"}, OTHER_PLACE))
    if audience.situations:
        cells = {f"situations.{code}": "false" for code in audience.situations}
        rules.append(excludes("situations", cells, OTHER_SITUATION))
    return tuple(rules)


def excludes(what: str, cells: Mapping[str, str], because: Text) -> Rule:
    """Write a rule of an audience; no table's rule can have such an id."""
    return Rule(f"audience/{what}", cells, eligible=False, because=because)


OTHER_AGE = text(
    "Palvelu on muun ikäisille.", "Tjänsten är för andra åldrar.", "It is for other ages."
)
OTHER_PLACE = text(
    "Palvelu on muiden kuntien asukkaille.",
    "Tjänsten är för invånare i andra kommuner.",
    "It is for people of other municipalities.",
)
OTHER_SITUATION = text(
    "Palvelu on muussa elämäntilanteessa oleville.",
    "Tjänsten är för andra livssituationer.",
    "It is for people in other situations.",
)
EVERYONE = Rule(
    "audience/all",
    {},
    eligible=True,
    because=text("Palvelu on tarkoitettu sinulle.", "Tjänsten är för dig.", "It is meant for you."),
)


def whole(audience: Audience, rules: Sequence[Rule] | None, fields: Fields) -> Table:
    """Put an audience before a table; without one, whoever is meant is eligible."""
    before = rules_of_audience(audience, fields)
    return Table((*before, *((EVERYONE,) if rules is None else rules)), fields)
