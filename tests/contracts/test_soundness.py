"""What the rules allow breaks nobody: tried with schemas and values that nobody thought of."""

from collections.abc import Callable
from itertools import product
from typing import Any

import jsonschema_rs
from hypothesis import given, settings
from hypothesis import strategies as st
from kumppani.contracts.rules import RULES, Role
from kumppani.contracts.schemas import Json, Node, differences

Pair = tuple[Json, Json]

FAMILIES: list[list[Json]] = [
    [{"type": "string"}, {"type": "string", "maxLength": 1}, {"type": ["string", "null"]}],
    [{"enum": ["x", "y"]}, {"const": "x"}, {"enum": ["x", "y", 1]}, {"type": "string"}],
    [{"type": "integer"}, {"type": "integer", "minimum": 1}, {"type": "number"}, {"maximum": 1}],
    [{"type": "null"}, {"type": "boolean"}, {}, {"type": "integer"}],
]


def one_of(*families: list[Json]) -> st.SearchStrategy[Pair]:
    """Make what a schema was and what it became, of the same family."""
    return st.sampled_from(families).flatmap(
        lambda family: st.tuples(st.sampled_from(family), st.sampled_from(family))
    )


NAMES = st.sets(st.sampled_from("ab"))


def objects(pairs: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    """Make an object of fields, some of which came, went, or became required."""
    fields = st.dictionaries(st.sampled_from("ab"), pairs, max_size=2)
    others = st.sampled_from([False, True, {"type": "string"}])
    side = st.tuples(NAMES, NAMES, others)
    return st.builds(
        lambda fields, *sides: (
            thing({k: v[0] for k, v in fields.items()}, *sides[0]),
            thing({k: v[1] for k, v in fields.items()}, *sides[1]),
        ),
        fields, side, side,
    )  # fmt: skip


def thing(fields: Json, gone: set[str], required: set[str], more: Json | bool) -> Json:
    """Write the schema of an object."""
    there = {name: schema for name, schema in fields.items() if name not in gone}
    demanded = sorted(required & there.keys())
    return {
        "type": "object", "properties": there, "required": demanded, "additionalProperties": more,
    }  # fmt: skip


def together(wrap: Callable[..., Json], *pairs: Pair) -> Pair:
    """Wrap what was, and what became of it, alike."""
    return wrap(*(pair[0] for pair in pairs)), wrap(*(pair[1] for pair in pairs))


def listed(items: Json) -> Json:
    """Write the schema of a list."""
    return {"type": "array", "items": items}


def either(*schemas: Json) -> Json:
    """Write the schema of a choice."""
    return {"anyOf": list(schemas)}


changes = st.recursive(
    one_of(*FAMILIES),
    lambda inner: (
        objects(inner)
        | st.builds(lambda pair: together(listed, pair), inner)
        | st.builds(lambda *both: together(either, *both), inner, inner)
        | st.tuples(inner.map(lambda pair: pair[0]), inner.map(lambda pair: pair[1]))
    ),
    max_leaves=4,
)
SCALARS: list[Any] = [None, True, 0, 1, 1.5, "x", "y", "xyz"]
ABSENT = object()
FLAT: list[Any] = [
    *SCALARS,
    *([each] for each in SCALARS),
    *(
        {name: said for name, said in (("a", a), ("b", b)) if said is not ABSENT}
        for a, b in product([ABSENT, *SCALARS], repeat=2)
    ),
]
VALUES = [*FLAT, [], *([each] for each in FLAT), *({"a": each} for each in FLAT)]


def bounded(schema: Any, more: bool) -> Any:
    """Write a schema so that all its objects have other fields, or that none has."""
    if isinstance(schema, dict):
        inner = {k: bounded(v, more) for k, v in schema.items()}
        anything = isinstance(inner.get("additionalProperties"), bool)
        return inner | ({"additionalProperties": more} if anything else {})
    return [bounded(each, more) for each in schema] if isinstance(schema, list) else schema


def said(schema: Json) -> list[Any]:
    """Give the values that who follows a schema may say: nobody makes up fields."""
    valid = jsonschema_rs.validator_for(bounded(schema, False)).is_valid
    return [value for value in VALUES if valid(value)]


def strict(schema: Json) -> jsonschema_rs.Validator:
    """Read as the schema says."""
    return jsonschema_rs.validator_for(schema)


def tolerant(schema: Json) -> jsonschema_rs.Validator:
    """Read as a tolerant reader does: fields that the schema does not name pass."""
    return jsonschema_rs.validator_for(bounded(schema, True))


def allowed(role: Role, old: Json, new: Json) -> bool:
    """Say whether the rules let a schema change so."""
    found = differences(Node.of(old, old), Node.of(new, new))
    return all(RULES[each.change][role].allowed for each in found)


@settings(max_examples=400)
@given(changes)
def test_what_is_allowed_breaks_nobody(pair: Pair) -> None:
    old, new = pair
    if allowed(Role.REQUEST, old, new):
        assert all(map(strict(new).is_valid, said(old)))
    if allowed(Role.ANSWER, old, new):
        assert all(map(tolerant(old).is_valid, said(new)))
    if allowed(Role.FACT, old, new):
        assert all(map(tolerant(old).is_valid, said(new)))
        assert all(map(tolerant(new).is_valid, said(old)))


@given(changes)
def test_what_stays_as_it_is_has_not_changed(pair: Pair) -> None:
    schema, _ = pair
    assert differences(Node.of(schema, schema), Node.of(schema, schema)) == []
