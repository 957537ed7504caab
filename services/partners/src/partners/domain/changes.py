"""What differs between two versions of an agreement: as data, and in words that people read."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Final

from kit.texts import LANGUAGES, Language, Text, text
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from partners.domain.agreement_terms import Terms


class ChangeKind(StrEnum):
    """What an amendment is about."""

    WORDING = "wording"
    PARTY_JOINS = "party_joins"
    PARTY_LEAVES = "party_leaves"
    THEMES = "themes"
    PILOTS = "pilots"
    GOALS = "goals"
    SHARING = "sharing"
    COMMITMENTS = "commitments"
    PROLONGATION = "prolongation"
    SHORTENING = "shortening"


# As answers tell it: an open list, since agreements learn to say more.
KindTold = Annotated[ChangeKind, WithJsonSchema({"type": "string", "examples": ["goals"]})]


class Change(BaseModel):
    """One change; `code` names the thing that changed, where there are many of its kind."""

    model_config = ConfigDict(frozen=True)

    kind: KindTold
    field: str = Field(description="The field of the agreement that differs")
    code: str | None
    before: Any = Field(description="As it stood; null: it was not there")
    after: Any = Field(description="As it stands then; null: it is not there")
    text: Text


Names = Mapping[str, Text]

KINDS: Final = MappingProxyType(
    {
        "themes": (ChangeKind.THEMES, text("teema", "tema", "theme")),
        "pilots": (ChangeKind.PILOTS, text("pilotti", "pilot", "pilot")),
        "goals": (ChangeKind.GOALS, text("tavoite", "mål", "goal")),
        "sharing": (
            ChangeKind.SHARING,
            text("tietojen luovutuksen ehto", "villkor för utlämnande av uppgifter", "clause"),
        ),
        "commitments": (ChangeKind.COMMITMENTS, text("panos", "insats", "commitment")),
    }
)
WORDINGS: Final = MappingProxyType(
    {
        "name": text("nimi", "namn", "name"),
        "vision": text("visio", "vision", "vision"),
        "text": text("teksti", "text", "text"),
    }
)
ADDED = text("Lisätään {0}: {1}.", "Nytt {0}: {1}.", "New {0}: {1}.")
REMOVED = text("Poistetaan {0}: {1}.", "Slopas, {0}: {1}.", "Taken out, {0}: {1}.")
CHANGED = text("Muutetaan {0}: {1}.", "Ändras, {0}: {1}.", "Changed, {0}: {1}.")
WORDED = text(
    "Sopimuksen {0} muuttuu.", "Avtalets {0} ändras.", "The {0} of the agreement changes."
)
JOINS = text("{0} liittyy osapuoleksi.", "{0} blir part.", "{0} becomes a party.")
LEAVES = text("{0} ei ole enää osapuoli.", "{0} är inte längre part.", "{0} is no longer a party.")
PROLONGED = text(
    "Sopimus jatkuu {1} saakka; se olisi päättynyt {0}.",
    "Avtalet gäller till och med {1}; det skulle ha löpt ut {0}.",
    "The agreement goes on until {1}; it would have ended on {0}.",
)
SHORTENED = text(
    "Sopimus päättyy {1}; se olisi päättynyt {0}.",
    "Avtalet löper ut {1}; det skulle ha löpt ut {0}.",
    "The agreement ends on {1}; it would have ended on {0}.",
)


def changes(old: Terms, new: Terms, names: Names = MappingProxyType({})) -> list[Change]:
    """List all that differs, in the order in which an agreement is read; `names` are parties'."""
    return [
        *wordings(old, new),
        *parties(old, new, names),
        *(change for field in KINDS for change in listed(field, old, new)),
        *term(old, new),
    ]


def kinds_of(old: Terms, new: Terms) -> list[ChangeKind]:
    """Name what differs, each kind once."""
    return list(dict.fromkeys(change.kind for change in changes(old, new)))


def wordings(old: Terms, new: Terms) -> Iterator[Change]:
    """Compare the agreement's own words."""
    for field, noun in WORDINGS.items():
        before, after = written(getattr(old, field)), written(getattr(new, field))
        if before != after:
            yield Change(
                kind=ChangeKind.WORDING, field=field, code=None, before=before, after=after,
                text=said(WORDED, noun),
            )  # fmt: skip


def parties(old: Terms, new: Terms, names: Names) -> Iterator[Change]:
    """Name those that join and those that leave."""
    for kind, words, there, elsewhere in (
        (ChangeKind.PARTY_JOINS, JOINS, new.parties, old.parties),
        (ChangeKind.PARTY_LEAVES, LEAVES, old.parties, new.parties),
    ):
        for code in (code for code in there if code not in elsewhere):
            joins = kind is ChangeKind.PARTY_JOINS
            yield Change(
                kind=kind, field="parties", code=code,
                before=None if joins else code, after=code if joins else None,
                text=said(words, names.get(code, code)),
            )  # fmt: skip


def listed(field: str, old: Terms, new: Terms) -> Iterator[Change]:
    """Compare the things of a kind by their codes."""
    kind, noun = KINDS[field]
    before = {thing.code: thing for thing in getattr(old, field)}
    after = {thing.code: thing for thing in getattr(new, field)}
    for code in dict.fromkeys([*before, *after]):
        was, becomes = before.get(code), after.get(code)
        if was != becomes:
            words = ADDED if was is None else REMOVED if becomes is None else CHANGED
            yield Change(
                kind=kind, field=field, code=code, before=written(was), after=written(becomes),
                text=said(words, noun, getattr(becomes or was, "name", code)),
            )  # fmt: skip


def term(old: Terms, new: Terms) -> Iterator[Change]:
    """Compare the last days."""
    before, after = old.valid_until, new.valid_until
    if before != after:
        longer = after > before
        yield Change(
            kind=ChangeKind.PROLONGATION if longer else ChangeKind.SHORTENING,
            field="valid_until", code=None, before=written(before), after=written(after),
            text=said(PROLONGED if longer else SHORTENED, before, after),
        )  # fmt: skip


def written(thing: Any) -> Any:
    """Write a value as JSON."""
    if isinstance(thing, BaseModel):
        return thing.model_dump(mode="json", by_alias=True)
    return thing.isoformat() if isinstance(thing, date) else thing


def said(words: Text, *holes: Text | str | date) -> Text:
    """Fill a sentence in all languages."""
    filled = {
        language: words.read(language).format(*(read(hole, language) for hole in holes))
        for language in LANGUAGES
    }
    return text(filled["fi"], filled["sv"], filled["en"])


def read(hole: Text | str | date, language: Language) -> str:
    """Give what stands in a sentence: a text in its language, a day as it is written there."""
    if isinstance(hole, Text):
        return hole.read(language)
    if isinstance(hole, date):
        return f"{hole.day}.{hole.month}.{hole.year}" if language != "en" else f"{hole:%d %B %Y}"
    return hole
