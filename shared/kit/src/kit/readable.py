"""A page that a person can read of all that is held about them: plain, accessible HTML.

Headings in order, terms with their values, no script, no picture, nothing from elsewhere.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from html import escape
from typing import Any

from pydantic import BaseModel

from kit.clock import HELSINKI
from kit.texts import Language, Text, text

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body{{font:1.1rem/1.5 system-ui;max-width:48rem;margin:2rem auto;padding:0 1rem}}
dt{{font-weight:600}}dd{{margin:0 0 .5rem 1rem;overflow-wrap:anywhere;white-space:pre-wrap}}
section section{{border-left:3px solid #767676;padding-left:1rem;margin:1rem 0}}</style></head>
<body><main><h1>{title}</h1>
{body}
</main></body></html>
"""
YES, NO = text("kyllä", "ja", "yes"), text("ei", "nej", "no")
NONE = text("Ei mitään", "Ingenting", "Nothing")
DEEPEST = 6  # of headings

Words = Mapping[str, Text]


def page(title: Text, held: BaseModel, words: Words, language: Language) -> str:
    """Write a model as a page; `words` names its fields and codes, and what it lacks is shown as
    it is. Fields that are null are left out.
    """
    body = "\n".join(parts(dict(held), Writer(words, language), 2))
    return PAGE.format(language=language, title=escape(title.read(language)), body=body)


class Writer:
    """Knows the language, and the words of fields and codes."""

    def __init__(self, words: Words, language: Language) -> None:
        self._words = words
        self._language: Language = language

    def named(self, name: str) -> str:
        """Give the word of a field or a code."""
        found = self._words.get(name)
        return escape(found.read(self._language) if found else name)

    def read(self, common: Text) -> str:
        """Give a text in the language."""
        return escape(common.read(self._language))

    def value(self, value: Any) -> str:
        """Write a value; moments as the clock in Finland shows them."""
        match value:
            case bool():
                return self.read(YES if value else NO)
            case datetime():
                return value.astimezone(HELSINKI).strftime("%d.%m.%Y %H:%M")
            case date():
                return value.strftime("%d.%m.%Y")
            case Enum():
                return self.named(str(value.value))
            case str():
                return self.named(value)
            case list():
                return ", ".join(map(self.value, value))
        return escape(str(value))


def parts(fields: Mapping[str, Any], writer: Writer, level: int) -> Iterator[str]:
    """Write the fields that are values first, then those that hold others."""
    told = {name: value for name, value in fields.items() if value is not None}
    plain = {name: value for name, value in told.items() if not nested(value)}
    if plain:
        terms = (
            f"<dt>{writer.named(name)}</dt><dd>{writer.value(value)}</dd>"
            for name, value in plain.items()
        )
        yield f"<dl>{''.join(terms)}</dl>"
    for name, value in told.items():
        if name not in plain:
            yield from section(name, value, writer, level)


def section(name: str, value: Any, writer: Writer, level: int) -> Iterator[str]:
    """Write a field that holds others, under a heading; things in a list are numbered."""
    heading = min(level, DEEPEST)
    yield f"<section><h{heading}>{writer.named(name)}</h{heading}>"
    if isinstance(value, list):
        yield from listed(name, value, writer, level + 1)
    else:
        yield from parts(fields_of(value), writer, level + 1)
    yield "</section>"


def listed(name: str, things: list[Any], writer: Writer, level: int) -> Iterator[str]:
    """Write the things of a list one after another, each under its number."""
    heading = min(level, DEEPEST)
    for number, thing in enumerate(things, 1):
        yield f"<section><h{heading}>{writer.named(name)} {number}</h{heading}>"
        yield from parts(fields_of(thing), writer, level + 1)
        yield "</section>"
    if not things:
        yield f"<p>{writer.read(NONE)}</p>"


def nested(value: Any) -> bool:
    """Whether a value holds fields of its own, or is a list that may."""
    if isinstance(value, list):
        return not value or nested(value[0])
    return isinstance(value, BaseModel | Mapping)


def fields_of(thing: Any) -> Mapping[str, Any]:
    """Give the fields of a model or of a piece of JSON."""
    return thing if isinstance(thing, Mapping) else dict(thing)


def wants_page(accept: str | None) -> bool:
    """Say whether a caller would rather read a page than JSON, by its `Accept` header: whichever
    of the two it names first; without a word, JSON.
    """
    asked = (accept or "").lower()
    at = {form: asked.find(form) for form in ("text/html", "application/json")}
    return at["text/html"] >= 0 and not 0 <= at["application/json"] < at["text/html"]
