"""What is to be known of a table before it counts: rules that overlap, clients that none takes."""

from collections.abc import Sequence
from itertools import combinations
from typing import Self

from pydantic import BaseModel, Field

from partners.domain.catalogue import Audience
from partners.eligibility.boxes import Box, meet
from partners.eligibility.fields import Fields
from partners.eligibility.table import Rule, Table, rules_of_audience
from partners.eligibility.words import Asked

MOST_TOLD = 100


class Overlap(BaseModel):
    """Clients whom two rules take: the first decides."""

    first: str
    second: str
    conflicting: bool = Field(description="The two say different things")
    where: list[Asked] = Field(description="All of these hold; none: every client")


class Report(BaseModel):
    """Overlaps and gaps of a table, among the clients whom the offering is for."""

    overlaps: list[Overlap]
    gaps: list[list[Asked]] = Field(description="Of each, all hold: no rule decides there")
    unreachable: list[str] = Field(description="Rules that never decide")
    more: int = Field(description="Overlaps and gaps beyond the 100 of each that are told")

    @property
    def clean(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.overlaps or self.gaps or self.unreachable)

    @classmethod
    def of(cls, audience: Audience, rules: Sequence[Rule], fields: Fields) -> Self:
        """Look a table through. Raises `TableTooWide`."""
        before = rules_of_audience(audience, fields)
        table = Table((*before, *rules), fields)
        own = list(
            zip(rules, table.boxes[len(before) :], table.regions[len(before) :], strict=True)
        )
        overlaps = [
            Overlap(
                first=one.id,
                second=two.id,
                conflicting=one.eligible != two.eligible,
                where=asked(table, shared),
            )
            for (one, mine, _), (two, theirs, _) in combinations(own, 2)
            if (shared := meet(mine, theirs)) is not None
        ]
        gaps = [asked(table, gap) for gap in table.gaps]
        return cls(
            overlaps=overlaps[:MOST_TOLD],
            gaps=gaps[:MOST_TOLD],
            unreachable=[rule.id for rule, _, region in own if not region],
            more=max(len(overlaps) - MOST_TOLD, 0) + max(len(gaps) - MOST_TOLD, 0),
        )


def asked(table: Table, box: Box) -> list[Asked]:
    """Tell a box: each column that it does not leave open."""
    return [
        Asked.of(column, mask)
        for column, mask in zip(table.columns, box, strict=True)
        if mask != column.all
    ]
