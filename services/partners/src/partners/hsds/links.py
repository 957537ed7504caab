"""Links: how the standard is told what it has no field for; written, and read again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.texts import LANGUAGES, Text

from partners.hsds.identity import part_id
from partners.hsds.records import Attribute, Labelled, Term
from partners.hsds.taxonomies import FIXED, IDS, Taxonomy


@dataclass(frozen=True)
class Note:
    """What was not taken, or not as it was written: where in the record, and why (a code)."""

    pointer: str
    code: str


def attribute(whole: UUID, entity: str, *path: str, **said: Any) -> dict[str, Any]:
    """Write what the standard has no field for: a link to a term, or a value under a label."""
    written = {
        "id": part_id(whole, "attributes", *path),
        "link_id": str(whole),
        "link_entity": entity,
        **said,
    }
    if "taxonomy_term" in said:
        written["taxonomy_term_id"] = said["taxonomy_term"]["id"]
    return written


def translations(whole: UUID, entity: str, **texts: Text | None) -> Iterator[dict[str, Any]]:
    """Write the Swedish and the English of texts whose Finnish stands in a field."""
    for name, text in texts.items():
        for language in LANGUAGES[1:]:
            said = text and text.translation(language)
            if said:
                yield attribute(
                    whole,
                    entity,
                    name,
                    language,
                    link_type="translation",
                    label=name,
                    value=said,
                    taxonomy_term=FIXED["languages"].term(language),
                )


def named_terms(
    whole: UUID, entity: str, taxonomy: Taxonomy, codes: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """Write links to the terms of one of our code sets."""
    for code in codes:
        link = {"link_type": taxonomy.code, "taxonomy_term": taxonomy.term(code)}
        yield attribute(whole, entity, taxonomy.code, code, **link)


def ours(term: Term | None, taxonomy: str) -> str | None:
    """Give the code of a term of one of our code sets."""
    return term.code if term and term.taxonomy_id == IDS[taxonomy] else None


def codes(attributes: Iterable[Attribute], taxonomy: str) -> tuple[str, ...]:
    """Give the codes that links name in one of our code sets, each once."""
    named = (ours(a.taxonomy_term, taxonomy) for a in attributes if a.link_type != "translation")
    return tuple(dict.fromkeys(code for code in named if code))


def value(attributes: Iterable[Attribute], label: str) -> str | None:
    """Give the value under a label of ours."""
    return next((a.value for a in attributes if a.label == label == a.link_type), None)


def text(part: Labelled, name: str, fi: str) -> Text:
    """Read a text with its translations."""
    said = {
        ours(a.taxonomy_term, "languages"): a.value
        for a in part.attributes
        if a.link_type == "translation" and a.label == name
    }
    return Text(fi=fi, sv=said.get("sv"), en=said.get("en"))
