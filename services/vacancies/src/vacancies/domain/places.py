"""Where work is: the municipalities that are known, and which of them lie in one sub-region."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kit.texts import Text, text
from pydantic import BaseModel, ConfigDict
from sharing.areas import ROWS, named

from vacancies.domain.codes import CodeSet

MUNICIPALITY, SUB_REGION = "municipality", "sub_region"


class Member(BaseModel):
    """A municipality that belongs to an area for a time, both days included."""

    model_config = ConfigDict(frozen=True)

    municipality: str
    valid_from: date | None = None
    valid_until: date | None = None

    def on(self, day: date) -> bool:
        """Say whether it belongs to the area on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


class Area(BaseModel):
    """An area of an official set, as the register of areas has it."""

    model_config = ConfigDict(frozen=True)

    kind: str
    code: str
    name: Text
    members: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Places:
    """The municipalities, and of each the sub-region in which it lies."""

    codes: CodeSet
    sub_regions: Mapping[str, str]

    @classmethod
    def on(cls, day: date, imported: Iterable[Area] = ()) -> "Places":
        """Give the places of a day: what is known from the start, and what was imported since."""
        areas = {(area.kind, area.code): area for area in (*START, *imported)}
        return cls(
            CodeSet({a.code: a.name for a in areas.values() if a.kind == MUNICIPALITY}),
            {
                member.municipality: area.code
                for area in areas.values()
                for member in area.members
                if area.kind == SUB_REGION and member.on(day)
            },
        )

    def near(self, one: str, other: str | None) -> bool:
        """Say whether two municipalities lie in one sub-region."""
        return one in self.sub_regions and self.sub_regions[one] == self.sub_regions.get(
            other or ""
        )


def known_from_the_start(kind: str) -> tuple[Area, ...]:
    """Read the areas of a kind that come with the software."""
    return tuple(
        Area(
            kind=kind,
            code=code,
            name=text(*row.names),
            members=tuple(
                Member(
                    municipality=each.municipality,
                    valid_from=date.fromisoformat(each.valid_from) if each.valid_from else None,
                    valid_until=date.fromisoformat(each.valid_until) if each.valid_until else None,
                )
                for each in ROWS
                if (each.kind, each.code) == (kind, code) and each.municipality
            ),
        )
        for code, row in named(kind).items()
    )


START = (*known_from_the_start(MUNICIPALITY), *known_from_the_start(SUB_REGION))
