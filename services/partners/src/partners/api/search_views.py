"""What a search answers, and why in this order."""

from collections.abc import Sequence
from typing import Self

from kit.texts import Text, text
from pydantic import BaseModel, Field

from partners.api.offering_views import OfferingView

SAID = {
    "municipality": text(
        "Kunta on nimetty kohderyhmässä", "Kommunen nämns i målgruppen", "Names the municipality"
    ),
    "language": text("Kieli on nimetty", "Språket nämns", "Names the language"),
    "age": text("Ikä on rajattu tälle ryhmälle", "Åldern nämns", "Names the age"),
    "latitude": text("Lähellä", "Nära", "Near"),
    "room": text("Tilaa on", "Det finns plats", "Has room"),
}


class Reason(BaseModel):
    """Points, and what for."""

    what: str = Field(examples=["name"])
    points: int
    text: Text

    @classmethod
    def of(cls, what: str, points: int) -> Self:
        """Tell the points of a filter, or of room; less than all of these: it is not confirmed."""
        return cls(what="nearness" if what == "latitude" else what, points=points, text=SAID[what])

    @classmethod
    def of_word(cls, asked: str, read_as: Sequence[str], points: int, most_in_text: int) -> Self:
        """Tell the points of a word: those of a name are more than those of a description."""
        words = ", ".join(read_as) if (asked,) != tuple(read_as) else asked
        if points > most_in_text:
            said = text(f"Nimessä: {words}", f"I namnet: {words}", f"In the name: {words}")
            return cls(what="name", points=points, text=said)
        said = text(f"Kuvauksessa: {words}", f"I texten: {words}", f"In the description: {words}")
        return cls(what="description", points=points, text=said)


class Found(BaseModel):
    """An offering that was found."""

    offering: OfferingView
    score: int = Field(description="The sum of all points")
    km: float | None = Field(description="To its nearest place; null: not asked")
    because: list[Reason]


class ReadWord(BaseModel):
    """How a word was read; none: no offering has it, nor one like it, and it left nothing out."""

    asked: str
    read_as: list[str]


class SearchView(BaseModel):
    """The best of what was found."""

    items: list[Found]
    found: int = Field(description="How many there are in all")
    words: list[ReadWord]
