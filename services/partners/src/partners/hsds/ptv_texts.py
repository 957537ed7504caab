"""Texts in the Finnish Service Catalogue: a list, in which each names its language and its type."""

from collections.abc import Iterable, Sequence

from kit.texts import LANGUAGES, Text

from partners.hsds.links import Note
from partners.hsds.ptv_records import Said

MOST = 4000  # characters of a text of ours


def called(texts: Iterable[Said], otherwise: str) -> Text:
    """Read a name."""
    said = {each.language: each.value for each in texts if each.type in ("Name", None)}
    fi = said.get("fi") or said.get("sv") or said.get("en") or otherwise
    return Text(fi=fi, sv=said.get("sv"), en=said.get("en"))


def text(
    texts: Sequence[Said], types: Sequence[str], pointer: str, notes: list[Note]
) -> Text | None:
    """Read the texts of some types, one after the other; one without a type is of the last.

    One without Finnish is read by what there is of it.
    """
    said: dict[str, str] = {}
    for type_ in types:
        for each in texts:
            if each.value and (each.type or types[-1]) == type_:
                before = said.get(each.language)
                said[each.language] = f"{before}\n\n{each.value}" if before else each.value
    if said.keys() - {*LANGUAGES}:
        notes.append(Note(pointer, "other-language"))
    first = next((said[language] for language in LANGUAGES if language in said), None)
    if first is None:
        return None
    if "fi" not in said:
        notes.append(Note(pointer, "no-finnish"))
    if any(len(said.get(language, "")) > MOST for language in LANGUAGES):
        notes.append(Note(pointer, "cut"))
    cut = {language: value[:MOST] for language, value in said.items()}
    return Text(fi=first[:MOST], sv=cut.get("sv"), en=cut.get("en"))
