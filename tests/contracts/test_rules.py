"""The table of what may change, case by case."""

from typing import Any

import pytest
from kumppani.contracts.routes import compared
from kumppani.contracts.rules import RULES, Change, Role
from kumppani.contracts.schemas import Json, Node, differences

YES, NO = True, False
TEXT = {"type": "string"}
EVERY_ROLE = (Role.REQUEST, Role.ANSWER, Role.FACT)


def thing(fields: Json, *required: str, **more: Any) -> Json:
    """Write the schema of an object."""
    closed = {"additionalProperties": False}
    return {"type": "object", "properties": fields, "required": list(required), **closed, **more}


def field(schema: Json) -> Json:
    """Write the schema of an object with one field."""
    return thing({"a": schema}, "a")


# What changes, from what to what; and whether a request, an answer, a fact may change so.
CASES: list[tuple[Change, Json, Json, tuple[bool, bool, bool]]] = [
    (Change.FIELD_ADDED, thing({}), thing({"a": TEXT}), (YES, YES, YES)),
    (Change.FIELD_DEMANDED, thing({}), thing({"a": TEXT}, "a"), (NO, YES, NO)),
    (Change.FIELD_REMOVED, thing({"a": TEXT}, "a"), thing({}), (NO, NO, NO)),
    (Change.FIELD_REMOVED, thing({"a": TEXT}), thing({}), (NO, NO, NO)),
    (Change.FIELD_RETIRED, thing({"a": TEXT | {"deprecated": True}}), thing({}), (YES, YES, NO)),
    (Change.MUST_BE_THERE, thing({"a": TEXT}), thing({"a": TEXT}, "a"), (NO, YES, NO)),
    (Change.MAY_BE_MISSING, thing({"a": TEXT}, "a"), thing({"a": TEXT}), (YES, NO, NO)),
    (
        Change.TYPE_WIDENED,
        field(TEXT),
        field({"anyOf": [TEXT, {"type": "null"}]}),
        (YES, NO, NO),
    ),
    (Change.TYPE_WIDENED, field({"type": "integer"}), field({"type": "number"}), (YES, NO, NO)),
    (Change.TYPE_WIDENED, field({"enum": ["x"], **TEXT}), field(TEXT), (YES, NO, NO)),
    (Change.TYPE_WIDENED, field(TEXT), field({}), (YES, NO, NO)),
    (
        Change.TYPE_NARROWED,
        field({"anyOf": [TEXT, {"type": "null"}]}),
        field(TEXT),
        (NO, YES, NO),
    ),
    (Change.TYPE_NARROWED, field({"type": "number"}), field({"type": "integer"}), (NO, YES, NO)),
    (Change.TYPE_NARROWED, field(TEXT), field({"const": "x", **TEXT}), (NO, YES, NO)),
    (
        Change.TYPE_NARROWED,
        field({"type": "array", "items": {"type": ["string", "null"]}}),
        field({"type": "array", "items": TEXT}),
        (NO, YES, NO),
    ),
    (Change.CODE_ADDED, field({"enum": ["x"]}), field({"enum": ["x", "y"]}), (YES, NO, NO)),
    (Change.CODE_REMOVED, field({"enum": ["x", "y"]}), field({"const": "x"}), (NO, YES, NO)),
    (
        Change.LIMIT_LOOSENED,
        field(TEXT | {"maxLength": 5}),
        field(TEXT | {"maxLength": 6}),
        (YES, NO, NO),
    ),
    (
        Change.LIMIT_LOOSENED,
        field({"type": ["string", "null"], "maxLength": 5}),
        field({"anyOf": [TEXT, {"type": "null"}], "maxLength": 6}),
        (YES, NO, NO),
    ),
    (Change.LIMIT_LOOSENED, field({"minimum": 1}), field({"minimum": 0}), (YES, NO, NO)),
    (Change.LIMIT_LOOSENED, field(TEXT | {"pattern": "^x"}), field(TEXT), (YES, NO, NO)),
    (Change.LIMIT_TIGHTENED, field(TEXT), field(TEXT | {"minLength": 1}), (NO, YES, NO)),
    (Change.LIMIT_TIGHTENED, field({"maximum": 9}), field({"maximum": 8}), (NO, YES, NO)),
    (Change.LIMIT_TIGHTENED, field({}), field({"unheardOf": 1}), (NO, YES, NO)),
    (
        Change.DEFAULT_CHANGED,
        thing({"a": {"default": 1}}),
        thing({"a": {"default": 2}}),
        (NO, YES, NO),
    ),
    (Change.OPENED, thing({}), thing({}, additionalProperties=True), (YES, YES, YES)),
    (Change.CLOSED, thing({}, additionalProperties=True), thing({}), (NO, YES, YES)),
    (Change.FIELD_ADDED, thing({}), thing({}, additionalProperties=TEXT), (YES, YES, YES)),
    (Change.FIELD_REMOVED, thing({}, additionalProperties=TEXT), thing({}), (NO, NO, NO)),
    (
        Change.TYPE_NARROWED,
        thing({}, additionalProperties={}),
        thing({}, additionalProperties=TEXT),
        (NO, YES, NO),
    ),
]


@pytest.mark.parametrize(("change", "old", "new", "allowed"), CASES)
def test_a_change_of_a_schema_is_named_and_judged(
    change: Change, old: Json, new: Json, allowed: tuple[bool, bool, bool]
) -> None:
    found = differences(Node.of(old, old), Node.of(new, new))
    assert [each.change for each in found] == [change]
    assert tuple(RULES[change][role].allowed for role in EVERY_ROLE) == allowed


def route(operation: Json | None = None, path: str = "/things", method: str = "get") -> Json:
    """Write a document with one route."""
    about = {"responses": {"200": {"description": ""}}} | (operation or {})
    return {"paths": {path: {method: about}}}


def answering(*statuses: str) -> Json:
    """Write a document whose route answers so."""
    return route({"responses": {status: {"description": ""} for status in statuses}})


def sent(schema: Json, **more: Any) -> Json:
    """Write a document whose route takes a body."""
    body = {"content": {"application/json": {"schema": schema}}, **more}
    return route({"requestBody": body}, method="post")


def given(*parameters: Json) -> Json:
    """Write a document whose route takes parameters."""
    return route({"parameters": list(parameters)})


def query(name: str, *, required: bool = False, **more: Any) -> Json:
    """Write a parameter."""
    return {"in": "query", "name": name, "required": required, "schema": TEXT, **more}


NONE: Json = {"paths": {}}
BOTH_KINDS = {"content": {"application/json": {}, "multipart/form-data": {}}, "required": True}
ROUTE_CASES: list[tuple[Change, Role, Json, Json, bool]] = [
    (Change.ROUTE_ADDED, Role.REQUEST, NONE, route(), YES),
    (Change.ROUTE_REMOVED, Role.REQUEST, route(), NONE, NO),
    (Change.ROUTE_RETIRED, Role.REQUEST, route({"deprecated": True}), NONE, YES),
    (Change.SCOPE_ADDED, Role.REQUEST, route(), route({"security": [{"t": ["a:b"]}]}), NO),
    (Change.SCOPE_REMOVED, Role.REQUEST, route({"security": [{"t": ["a:b"]}]}), route(), YES),
    (Change.STATUS_ADDED, Role.ANSWER, answering("200"), answering("200", "202"), NO),
    (Change.STATUS_REMOVED, Role.ANSWER, answering("200", "201"), answering("200"), NO),
    (Change.ERROR_ADDED, Role.ANSWER, answering("200"), answering("200", "409"), YES),
    (Change.ERROR_ADDED, Role.ANSWER, answering("200"), answering("200", "304"), YES),
    (Change.STATUS_ADDED, Role.ANSWER, answering("200"), answering("200", "303"), NO),
    (Change.ERROR_REMOVED, Role.ANSWER, answering("200", "409"), answering("200"), YES),
    (Change.FIELD_ADDED, Role.REQUEST, given(), given(query("q")), YES),
    (Change.FIELD_DEMANDED, Role.REQUEST, given(), given(query("q", required=True)), NO),
    (Change.FIELD_REMOVED, Role.REQUEST, given(query("q")), given(), NO),
    (Change.FIELD_RETIRED, Role.REQUEST, given(query("q", deprecated=True)), given(), YES),
    (Change.MUST_BE_THERE, Role.REQUEST, sent(TEXT), sent(TEXT, required=True), NO),
    (Change.TYPE_NARROWED, Role.REQUEST, sent({}), sent(TEXT), NO),
    (
        Change.FIELD_REMOVED,
        Role.REQUEST,
        route({"requestBody": BOTH_KINDS}),
        route({"requestBody": {"content": {"application/json": {}}}}),
        NO,
    ),
]


@pytest.mark.parametrize(("change", "role", "old", "new", "allowed"), ROUTE_CASES)
def test_a_change_of_a_route_is_named_and_judged(
    change: Change, role: Role, old: Json, new: Json, allowed: bool
) -> None:
    found = {(each, difference.change) for _, each, difference in compared(old, new)}
    assert found == {(role, change)}
    assert RULES[change][role].allowed is allowed


def test_every_cell_of_the_table_has_its_case() -> None:
    judged = {(change, role) for change, _, _, _ in CASES for role in EVERY_ROLE}
    judged |= {(change, role) for change, role, *_ in ROUTE_CASES}
    judged |= {(Change.FACT_ADDED, Role.FACT), (Change.FACT_REMOVED, Role.FACT)}  # test_gate.py
    assert judged == {(change, role) for change, row in RULES.items() for role in row}


def test_a_code_that_is_renamed_is_refused_in_every_role() -> None:
    old, new = field({"enum": ["x", "y"]}), field({"enum": ["x", "z"]})
    found = differences(Node.of(old, old), Node.of(new, new))
    for role in EVERY_ROLE:
        assert not all(RULES[each.change][role].allowed for each in found)


def test_the_name_of_a_part_of_the_path_is_nobodys_business() -> None:
    part = {"in": "path", "required": True, "schema": TEXT}
    old = route({"parameters": [part | {"name": "code"}]}, "/things/{code}")
    new = route({"parameters": [part | {"name": "id"}]}, "/things/{id}")
    assert list(compared(old, new)) == []


def test_words_for_people_and_names_for_generated_code_may_change() -> None:
    old = route({"operationId": "a", "summary": "A"})
    assert list(compared(old, route({"operationId": "b", "summary": "B"}))) == []
    words = TEXT | {"title": "A", "description": "A", "examples": ["a"]}
    assert differences(Node.of(words, words), Node.of(TEXT, TEXT)) == []


NODE = {"$ref": "#/$defs/node"}


@pytest.mark.parametrize(
    "under", [NODE, {"anyOf": [NODE, {"type": "null"}]}, {"type": "array", "items": NODE}]
)
def test_a_schema_within_itself_is_compared_once(under: Json) -> None:
    def tree(leaf: Json) -> Json:
        node = thing({"leaf": leaf, "under": under}, "leaf")
        return {**NODE, "$defs": {"node": node}}

    old, new = tree(TEXT), tree({"type": "integer"})
    found = differences(Node.of(old, old), Node.of(new, new))
    assert [(each.path, each.change) for each in found] == [
        ("leaf", Change.TYPE_NARROWED),
        ("leaf", Change.TYPE_WIDENED),
    ]
