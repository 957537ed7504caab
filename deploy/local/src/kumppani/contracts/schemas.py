"""How two JSON Schemas differ, in the words of the rules.

Nothing is passed over that could matter: a keyword that the comparison does not understand is
taken for a limit, whose change is both tighter and looser. Only annotations are left out.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from kumppani.contracts.rules import RULES, Change, Role

Json = dict[str, Any]

LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
UNDERSTOOD: Final = frozenset(
    {"type", "enum", "const", "anyOf", "oneOf", "$ref", "properties", "required", "items",
     "additionalProperties", "default", *LOWER, *UPPER}
)  # fmt: skip
ANNOTATIONS: Final = frozenset(
    {"title", "description", "examples", "example", "deprecated", "discriminator", "readOnly",
     "writeOnly", "$schema", "$id", "$defs", "$comment"}
)  # fmt: skip
NAMES: Final = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
    None: "anything",
}


@dataclass(frozen=True)
class Difference:
    """One change: where in the document, what, and the particulars."""

    path: str
    change: Change
    detail: str = ""


@dataclass(frozen=True)
class Node:
    """A schema with its reference followed, and the document in which others point on."""

    schema: Json
    document: Json
    reference: str | None = None

    @classmethod
    def of(cls, schema: Json | bool, document: Json) -> "Node":
        """Follow a schema's reference; what stands beside the reference is added."""
        written = ({} if schema else {"not": {}}) if isinstance(schema, bool) else dict(schema)
        reference = None
        while "$ref" in written:
            reference = str(written.pop("$ref"))
            target: Any = document
            for step in reference.removeprefix("#/").split("/"):
                target = target[step]
            written = {**target, **written}
        return cls(written, document, reference)

    def inside(self, schema: Json | bool) -> "Node":
        """Give a schema that stands within this one."""
        return Node.of(schema, self.document)

    @property
    def type(self) -> str | None:
        """The one type that it allows; none where it allows any."""
        found = self.schema.get("type")
        return None if found is None else str(found)

    @property
    def codes(self) -> frozenset[str] | None:
        """The values that it lists, as JSON; none where it lists none."""
        if "const" in self.schema:
            return frozenset({json.dumps(self.schema["const"])})
        listed = self.schema.get("enum")
        return None if listed is None else frozenset(map(json.dumps, listed))

    @property
    def fields(self) -> Json:
        """An object's fields by name."""
        return dict(self.schema.get("properties", {}))

    def field(self, name: str) -> "Node":
        """Give what a field must be: as the field of its name, or as those of other names."""
        return self.inside(self.fields.get(name, self.others))

    @property
    def required(self) -> frozenset[str]:
        """The fields that must be there."""
        return frozenset(self.schema.get("required", ()))

    @property
    def others(self) -> Json | bool:
        """What fields of other names must be: a schema; or whether there may be any."""
        found: Json | bool = self.schema.get("additionalProperties", True)
        return found or found is not False

    @property
    def opaque(self) -> Json:
        """The keywords that are compared as they stand."""
        known = UNDERSTOOD | ANNOTATIONS
        return {
            word: said
            for word, said in self.schema.items()
            if word not in known and not word.startswith("x-")
        }

    def alternatives(self) -> list["Node"]:
        """Give the schemas of one type each, of which a value must meet one."""
        for word in ("anyOf", "oneOf"):
            if word in self.schema:
                beside = {name: said for name, said in self.schema.items() if name != word}
                found = [self.inside({**beside, **each}) for each in self.schema[word]]
                return [node for each in found for node in each.alternatives()]
        if isinstance(self.schema.get("type"), list):
            return [self.inside({**self.schema, "type": each}) for each in self.schema["type"]]
        return [self]


Seen = frozenset[tuple[object, str, str]]
Comparison = Callable[[Node, Node, str, Seen], Iterable[Difference]]


def differences(old: Node, new: Node, path: str = "", seen: Seen = frozenset()) -> list[Difference]:
    """List how a new schema differs from an old one; a schema within itself is looked at once."""
    return list(dict.fromkeys(once(of_alternatives, old, new, path, seen)))


def once(compare: Comparison, old: Node, new: Node, path: str, seen: Seen) -> list[Difference]:
    """Compare, unless the same two references are being compared so already."""
    if old.reference is None or new.reference is None:
        return list(compare(old, new, path, seen))
    step = (compare, old.reference, new.reference)
    return [] if step in seen else list(compare(old, new, path, seen | {step}))


def of_alternatives(old: Node, new: Node, path: str, seen: Seen) -> Iterator[Difference]:
    """Compare each alternative with the one that is most like it; say which have none."""
    olds, news = old.alternatives(), new.alternatives()
    left = list(news)
    for each in olds:
        found = [(of_one_type(each, node, path, seen), node) for node in left if alike(each, node)]
        if found:
            closest, taken = min(found, key=lambda pair: len(pair[0]))
            left.remove(taken)
            yield from closest
        elif not any(within(Role.REQUEST, each, node, seen) for node in news):
            yield Difference(path, Change.TYPE_NARROWED, NAMES[each.type])
    for node in left:
        if not any(within(Role.ANSWER, each, node, seen) for each in olds):
            yield Difference(path, Change.TYPE_WIDENED, NAMES[node.type])


def alike(one: Node, other: Node) -> bool:
    """Say whether one of two types has all values of the other."""
    return covers(one.type, other.type) or covers(other.type, one.type)


def covers(wide: str | None, narrow: str | None) -> bool:
    """Say whether a type has all values of another."""
    return wide in (None, narrow) or (wide, narrow) == ("number", "integer")


def within(role: Role, old: Node, new: Node, seen: Seen) -> bool:
    """Say whether the one could become the other without harm in a role."""
    found = of_one_type(old, new, "", seen) if alike(old, new) else None
    return found is not None and all(RULES[each.change][role].allowed for each in found)


def of_one_type(old: Node, new: Node, path: str, seen: Seen) -> list[Difference]:
    """Compare two schemas that allow one type each."""
    return once(of_keywords, old, new, path, seen)


def of_keywords(old: Node, new: Node, path: str, seen: Seen) -> Iterator[Difference]:
    """Compare keyword by keyword."""
    yield from of_types(old, new, path)
    yield from of_codes(old, new, path)
    yield from of_limits(old, new, path)
    yield from of_fields(old, new, path, seen)
    yield from of_others(old, new, path, seen)
    yield from of_items(old, new, path, seen)


def of_types(old: Node, new: Node, path: str) -> Iterator[Difference]:
    """Compare the types."""
    if not covers(old.type, new.type):
        yield Difference(path, Change.TYPE_WIDENED, NAMES[new.type])
    if not covers(new.type, old.type):
        yield Difference(path, Change.TYPE_NARROWED, NAMES[old.type])


def of_codes(old: Node, new: Node, path: str) -> Iterator[Difference]:
    """Compare the values that are listed; without a list there is no end of them."""
    if old.codes is None and new.codes is not None:
        yield Difference(path, Change.TYPE_NARROWED, "any code")
    elif old.codes is not None and new.codes is None:
        yield Difference(path, Change.TYPE_WIDENED, "any code")
    elif old.codes is not None and new.codes is not None:
        for code in sorted(new.codes - old.codes):
            yield Difference(path, Change.CODE_ADDED, code)
        for code in sorted(old.codes - new.codes):
            yield Difference(path, Change.CODE_REMOVED, code)


def of_limits(old: Node, new: Node, path: str) -> Iterator[Difference]:
    """Compare how far values may go."""
    for sign, words in ((1, UPPER), (-1, LOWER)):
        for word in words:
            before, now = old.schema.get(word), new.schema.get(word)
            yield from of_limit(path, word, (before, now), sign)
    for word in sorted(old.opaque.keys() | new.opaque.keys()):
        yield from of_limit(path, word, (old.opaque.get(word), new.opaque.get(word)), 0)


def of_limit(path: str, word: str, pair: tuple[Any, Any], sign: int) -> Iterator[Difference]:
    """Compare a limit that is high (1), low (-1), or of a kind that cannot be compared (0)."""
    before, now = pair
    if before == now:
        return
    said = f"{word}: {json.dumps(before)} → {json.dumps(now)}"
    if now is None or (before is not None and (sign == 0 or sign * now > sign * before)):
        yield Difference(path, Change.LIMIT_LOOSENED, said)
    if before is None or (now is not None and (sign == 0 or sign * now < sign * before)):
        yield Difference(path, Change.LIMIT_TIGHTENED, said)


def of_fields(old: Node, new: Node, path: str, seen: Seen) -> Iterator[Difference]:
    """Compare an object's fields."""
    for name in sorted(old.fields.keys() | new.fields.keys()):
        place = f"{path}.{name}" if path else name
        if named(name, old) and named(name, new):
            yield from of_field(name, old, new, place, seen)
        elif name in new.fields:
            demanded = name in new.required
            yield Difference(place, Change.FIELD_DEMANDED if demanded else Change.FIELD_ADDED)
        else:
            retired = old.field(name).schema.get("deprecated", False)
            yield Difference(place, Change.FIELD_RETIRED if retired else Change.FIELD_REMOVED)


def named(name: str, node: Node) -> bool:
    """Say whether a schema knows what a field of a name must be."""
    return name in node.fields or isinstance(node.others, dict)


def of_field(name: str, old: Node, new: Node, path: str, seen: Seen) -> Iterator[Difference]:
    """Compare a field that both have."""
    before, now = old.field(name), new.field(name)
    yield from differences(before, now, path, seen)
    if name in new.required - old.required:
        yield Difference(path, Change.MUST_BE_THERE)
    elif name in old.required - new.required:
        yield Difference(path, Change.MAY_BE_MISSING)
    elif name not in new.required:
        was, stands = (json.dumps(node.schema.get("default")) for node in (before, now))
        if was != stands:
            yield Difference(path, Change.DEFAULT_CHANGED, f"{was} → {stands}")


def of_others(old: Node, new: Node, path: str, seen: Seen) -> Iterator[Difference]:
    """Compare what an object's fields of other names may be."""
    before, now = old.others, new.others
    if isinstance(before, dict) and isinstance(now, dict):
        yield from differences(old.inside(before), new.inside(now), f"{path}.*", seen)
    elif isinstance(now, dict):
        narrower = Difference(f"{path}.*", Change.TYPE_NARROWED, NAMES[None])
        yield narrower if before else Difference(f"{path}.*", Change.FIELD_ADDED)
    elif isinstance(before, dict):
        wider = Difference(f"{path}.*", Change.TYPE_WIDENED, NAMES[None])
        yield wider if now else Difference(f"{path}.*", Change.FIELD_REMOVED)
    elif before != now:
        yield Difference(path, Change.OPENED if now else Change.CLOSED)


def of_items(old: Node, new: Node, path: str, seen: Seen) -> list[Difference]:
    """Compare what a list holds."""
    before, now = (node.inside(node.schema.get("items", True)) for node in (old, new))
    if (before.schema, now.schema) == ({}, {}):
        return []
    return differences(before, now, f"{path}[]", seen)
