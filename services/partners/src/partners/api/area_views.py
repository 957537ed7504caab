"""What callers see of areas and their imports."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Self

from kit.texts import Text
from pydantic import BaseModel, Field

from partners.commands.import_areas import AreaRecord, Outcome
from partners.domain.area import Area, AreaKind, Member


class AreaView(BaseModel):
    """An area, and the municipalities that belong to it: ever, or on the day that was asked for."""

    kind: AreaKind
    code: str
    name: Text
    valid_from: date | None
    valid_until: date | None
    members: list[Member]
    revision: int = Field(description="0: as the software came with it")

    @classmethod
    def of(cls, area: Area, on: date | None) -> Self:
        """Show an area; of a day, with those that belong to it then."""
        return cls(
            kind=area.kind,
            code=area.code,
            name=area.name,
            valid_from=area.valid_from,
            valid_until=area.valid_until,
            members=[member for member in area.members if member.holds(on)],
            revision=area.revision,
        )


class RecordView(BaseModel):
    """What became of one record; `record` is its number in the import, from 1."""

    record: int
    kind: AreaKind
    code: str
    municipality: str | None
    outcome: Outcome


class ImportView(BaseModel):
    """What became of an import, all of which was taken."""

    added: int
    changed: int
    unchanged: int
    records: list[RecordView]

    @classmethod
    def of(cls, records: Sequence[AreaRecord], outcomes: Sequence[Outcome]) -> Self:
        """Tell what became of each record."""
        count = Counter(outcomes)
        rows = [
            RecordView(record=n, outcome=outcome, **record.model_dump(include=NAMED))
            for n, (record, outcome) in enumerate(zip(records, outcomes, strict=True), 1)
        ]
        return cls(**{outcome.value: count[outcome] for outcome in Outcome}, records=rows)


NAMED = {"kind", "code", "municipality"}
