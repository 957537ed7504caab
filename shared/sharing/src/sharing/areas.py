"""The areas that every partner knows from the start: `areas.csv`, which is their one source.

It has the form in which the register of areas takes others. A row without a municipality is an
area; one with it says that the municipality belongs to the area, from one day until another.
Municipalities, region, sub-region and ELY area have the codes of Statistics Finland; employment
areas have names for codes until their official classification is imported.
"""

import csv
from importlib.resources import files
from typing import NamedTuple


class Row(NamedTuple):
    """A line of the file; what is not known is empty."""

    kind: str
    code: str
    municipality: str
    name_fi: str
    name_sv: str
    name_en: str
    valid_from: str
    valid_until: str

    @property
    def names(self) -> tuple[str, str, str]:
        """The name in Finnish, Swedish, English; a name of its own is Finnish in all."""
        return self.name_fi, self.name_sv or self.name_fi, self.name_en or self.name_fi


def read() -> tuple[Row, ...]:
    """Read the file that comes with the package."""
    lines = (files("sharing") / "areas.csv").read_text("utf-8").splitlines()
    return tuple(Row(**line) for line in csv.DictReader(lines))


ROWS = read()


def named(kind: str) -> dict[str, Row]:
    """Give the areas of a kind by their codes."""
    return {row.code: row for row in ROWS if row.kind == kind and not row.municipality}
