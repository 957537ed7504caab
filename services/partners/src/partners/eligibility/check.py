"""Is a client eligible, given what is known; and if not, or not surely, what is it that lacks?"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Self

from kit.texts import Text
from pydantic import BaseModel, Field

from partners.eligibility.boxes import Box, meet, within
from partners.eligibility.columns import Column
from partners.eligibility.fields import Value
from partners.eligibility.table import Rule, Table
from partners.eligibility.words import Asked

MOST_WAYS = 10


class Outcome(StrEnum):
    """What a check finds."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"


class State(StrEnum):
    """How a client stands to a condition."""

    FAILED = "failed"
    UNKNOWN = "unknown"


class Lacking(BaseModel):
    """A condition that is not met, or that is not known to be."""

    rule: str = Field(examples=["young"], description="The rule; `audience/…`: the audience itself")
    state: State
    asks: Asked


class Fitting(BaseModel):
    """A rule that decides, or may."""

    rule: str
    eligible: bool
    surely: bool
    because: Text


class Answer(BaseModel):
    """What a check finds. Each of `ways` would make the client eligible, with all that it names."""

    outcome: Outcome
    rules: list[Fitting]
    undecided: bool = Field(description="It may be that no rule decides about this client")
    conditions: list[Lacking]
    ways: list[list[Lacking]]

    @classmethod
    def of(cls, table: Table, given: Mapping[str, Value]) -> Self:
        """Ask a table of a client. Every client who fits what is given is thought of."""
        here = tuple(
            column.bit(given[column.code]) if column.code in given else column.all
            for column in table.columns
        )
        gap = touches(here, table.gaps)
        rules = [
            Fitting(rule=r.id, eligible=r.eligible, surely=False, because=r.because)
            for r, region in zip(table.rules, table.regions, strict=True)
            if touches(here, region)
        ]
        sure = len(rules) == 1 and not gap
        outcome = decided({rule.eligible for rule in rules}, gap=gap)
        lacking = outcome is not Outcome.ELIGIBLE
        return cls(
            outcome=outcome,
            rules=[rule.model_copy(update={"surely": sure}) for rule in rules],
            undecided=gap,
            conditions=list(conditions(table, here)) if lacking else [],
            ways=ways(table, here) if lacking else [],
        )


def touches(here: Box, boxes: Sequence[Box]) -> bool:
    """Say whether some box has something of what is here."""
    return any(meet(here, box) is not None for box in boxes)


def decided(said: set[bool], *, gap: bool) -> Outcome:
    """Say what all possible decisions agree on, if they do."""
    if gap or len(said) != 1:
        return Outcome.UNKNOWN
    return Outcome.ELIGIBLE if said == {True} else Outcome.NOT_ELIGIBLE


def conditions(table: Table, here: Box) -> Iterator[Lacking]:
    """Give every condition that keeps the client out, or may."""
    for rule, box in zip(table.rules, table.boxes, strict=True):
        if rule.eligible:
            yield from lacking(rule, table.columns, here, box)
        elif meet(here, box) is not None:
            kept = zip(table.columns, box, strict=True)
            out = tuple(column.all & ~mask or column.all for column, mask in kept)
            yield from lacking(rule, table.columns, here, out)


def lacking(rule: Rule, columns: Sequence[Column], here: Box, wanted: Box) -> Iterator[Lacking]:
    """Give the columns in which the client is not, or not surely, where it should be."""
    for column, mine, mask in zip(columns, here, wanted, strict=True):
        if mine & ~mask:
            state = State.UNKNOWN if mine & mask else State.FAILED
            yield Lacking(rule=rule.id, state=state, asks=Asked.of(column, mask))


def ways(table: Table, here: Box) -> list[list[Lacking]]:
    """Give what would make the client eligible, the least changes first."""
    found = [
        list(lacking(rule, table.columns, here, box))
        for rule, region in zip(table.rules, table.regions, strict=True)
        for box in region
        if rule.eligible and not within(here, box)
    ]
    return sorted(found, key=effort)[:MOST_WAYS]


def effort(way: list[Lacking]) -> tuple[int, int]:
    """Count what must become otherwise, then what must be found out."""
    failed = sum(each.state is State.FAILED for each in way)
    return failed, len(way) - failed
