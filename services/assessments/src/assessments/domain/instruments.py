"""Instruments: what is asked, on which scale, and how an answer is read. Immutable versions."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from kit.texts import Text
from pydantic import BaseModel, ConfigDict, Field, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,63}$", examples=["elamantilanne"])]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]  # also a variable of the rules
Version = Annotated[int, Field(strict=True, ge=1, le=9999, examples=[1])]
Mark = Annotated[int, Field(strict=True, ge=0, le=10, examples=[7])]
Age = Annotated[int, Field(strict=True, ge=0, le=120)]

LEAST: Mark = 0
MOST: Mark = 10


class Item(BaseModel):
    """One question, about one area of life."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[Name, Field(examples=["health"])]
    name: Text
    text: Text


class Band(BaseModel):
    """How the marks from `least` to `most`, both included, are read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[Name, Field(examples=["low"])]
    least: Mark
    most: Mark
    name: Text


class Instrument(BaseModel):
    """One version of an instrument; who changes a word of it makes a new version.

    Answers are whole marks from 0 to 10. No answer is not 0: it has no band. Each item is read
    by itself; a total is forbidden, since a good mark never makes up for a bad one. Ages are in
    years, both ends included, null where there is no limit. `rules` is the code of the decision
    table that suggests needs from the bands, null where nothing is suggested.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Slug
    version: Version
    name: Text
    instructions: Text
    items: tuple[Item, ...] = Field(min_length=1, max_length=100)
    bands: tuple[Band, ...] = Field(min_length=1, max_length=11)
    total: Literal["forbidden"] = "forbidden"
    age_from: Age | None = None
    age_to: Age | None = None
    licence: str = Field(min_length=1, max_length=200, examples=["CC-BY-4.0"])
    rules: Slug | None = Field(None, examples=["needs"])

    @model_validator(mode="after")
    def is_consistent(self) -> Self:
        """Refuse codes used twice, marks without one band, and an age range turned round."""
        must_differ("items", [item.code for item in self.items])
        must_differ("bands", [band.code for band in self.bands])
        must_cover(self.bands)
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            raise ValueError("age_from must not be above age_to")
        return self

    @property
    def item_codes(self) -> tuple[str, ...]:
        """The codes of the items, in the order in which they are asked."""
        return tuple(item.code for item in self.items)

    def band(self, mark: int) -> Band:
        """Read one mark."""
        return next(band for band in self.bands if band.least <= mark <= band.most)

    def bands_of(self, answers: Mapping[str, int]) -> dict[str, str]:
        """Read the answers that were given, item by item."""
        return {item: self.band(mark).code for item, mark in answers.items()}


def must_differ(what: str, codes: list[str]) -> None:
    """Refuse a code that stands for two things."""
    if len(set(codes)) < len(codes):
        raise ValueError(f"the codes of {what} must differ from one another")


def must_cover(bands: tuple[Band, ...]) -> None:
    """Refuse bands that leave a mark out, read one twice, or do not rise."""
    read = [mark for band in bands for mark in range(band.least, band.most + 1)]
    empty = any(band.least > band.most for band in bands)
    if empty or read != list(range(LEAST, MOST + 1)):
        raise ValueError(f"bands must cover {LEAST} to {MOST} in rising order, each mark once")
