"""The standard's schemas, compiled as the standard compiles them: each part stands in its whole.

`hsds-3.1.json` has what they require, in short; it names its source and its licence. Compiled here
they are stricter than there: a name that the standard does not have is an error.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

STANDARD = json.loads((Path(__file__).parent / "hsds-3.1.json").read_text("utf-8"))
FORMATS = {"uuid", "email", "uri", "date-time", "date"}
LISTED = {"organization", "service", "service_at_location"}


def of_type(kind: Any, within: tuple[str, ...], *, lists: bool) -> dict[str, Any] | None:
    """Write the schema of a property; none where a list of the standard's API leaves it out."""
    if isinstance(kind, list):
        return {"type": "string", "enum": kind}
    name = kind.removesuffix("[]")
    if name in STANDARD["entities"]:
        if kind != name and lists:
            return None
        whole = entity(name, within, lists=lists)
        return whole if kind == name else {"type": "array", "items": whole}
    return {"type": "string", "format": kind} if kind in FORMATS else {"type": kind}


def entity(name: str, within: tuple[str, ...] = (), *, lists: bool = False) -> dict[str, Any]:
    """Compile an entity; `lists`: as in a list, with what it has one of.

    One that stands by itself has more (`wholes`); a service within a service at a location has no
    locations.
    """
    about = STANDARD["entities"][name]
    more = STANDARD["wholes"].get(name, {}) if not within else {}
    left_out = {"service_at_locations"} if within[-1:] == ("service_at_location",) else set()
    found = {
        n: of_type(kind, (*within, name), lists=lists)
        for n, kind in (about["properties"] | more).items()
        if n not in left_out
    }
    return {
        "type": "object",
        "required": about["required"],
        "properties": {n: schema for n, schema in found.items() if schema is not None},
        "additionalProperties": False,
    }


def page(name: str, *, full: bool = False) -> dict[str, Any]:
    """Compile a page of a list."""
    of = entity(name, lists=not full and name in LISTED)
    about = {n: {"type": kind} for n, kind in STANDARD["page"].items()}
    return {
        "type": "object",
        "required": [*about, "contents"],
        "properties": {**about, "contents": {"type": "array", "items": of}},
        "additionalProperties": False,
    }


@cache
def validator(name: str, kind: str = "one") -> Draft202012Validator:
    """Give what validates an answer: `one` whole entity, a `page`, or a `full` page."""
    schema = entity(name) if kind == "one" else page(name, full=kind == "full")
    return Draft202012Validator(schema, validate_formats=True)


def must_be_valid(answer: Any, name: str, kind: str = "one") -> None:
    """Raise `AssertionError` with all that is wrong with an answer."""
    wrong = [
        f"{list(e.instance_path)}: {e.message}" for e in validator(name, kind).iter_errors(answer)
    ]
    assert not wrong, wrong
