"""Contracts from code: a schema and an example of each fact, and AsyncAPI 3 of them all."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kit.facts import Fact
from kit.topics import topic_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def event_contracts(facts: Sequence[type[Fact]]) -> dict[str, Any]:
    """Give the schema and the example of each fact, by file name."""
    files: dict[str, Any] = {}
    for fact in facts:
        schema = fact.model_json_schema(mode="serialization", by_alias=True)
        files[f"events/{fact.type}.schema.json"] = {"$schema": DIALECT, **schema}
        files[f"events/{fact.type}.example.json"] = example(fact)
    return files


def example(model: type[BaseModel]) -> dict[str, Any]:
    """Make an example of a model from its fields' examples. Raises where it is not valid."""
    values = {f.alias or name: value_of(f) for name, f in model.model_fields.items()}
    return model.model_validate(values).model_dump(mode="json", by_alias=True)


def value_of(field: FieldInfo) -> Any:
    """Give a field's example, else one that its type suggests."""
    if field.examples:
        return field.examples[0]
    return value_like(field.annotation)


def value_like(kind: Any) -> Any:
    """Give a value of a type: a set's first code, a list of one item, a model's example."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return value_like(arguments[0])
    if origin is Literal:
        return arguments[0]
    if origin in (list, tuple, frozenset, set):
        return [value_like(arguments[0])]
    if hasattr(kind, "__metadata__"):
        examples = [e for m in kind.__metadata__ for e in getattr(m, "examples", None) or ()]
        return examples[0] if examples else value_like(arguments[0])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return example(kind)
    raise TypeError(f"{kind} needs examples= in its Field")


ABOUT = """What happened, as CloudEvents 1.0. A feed gives them structured, in JSON batches, over
HTTP; Kafka binary: attributes are headers with the prefix `ce_`, the key is the subject, the value
is the data. `sequence` is the revision of the aggregate that `subject` names, within `epoch`."""


def asyncapi(
    facts: Mapping[str, Sequence[type[Fact]]], kinds: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Describe every service's feed, topics and messages as AsyncAPI 3."""
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for service, said in facts.items():
        names = {fact.type.replace(".", "_"): fact for fact in said}
        channels[service] = {"address": f"/{service}/events", "messages": references(names)}
        channels[f"{service}_topics"] = {
            "address": topic_of(service, "{kinds}"),
            "parameters": {
                "kinds": {"description": "The kind of aggregate", "enum": list(kinds[service])}
            },
            "messages": references(names),
        }
        for channel in (service, f"{service}_topics"):
            said_on = {"$ref": f"#/channels/{channel}"}
            operations[f"say_{channel}"] = {"action": "send", "channel": said_on}
        messages |= {name: message(fact) for name, fact in names.items()}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Kumppani", "version": "1", "description": ABOUT},
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages},
    }


def references(names: Iterable[str]) -> dict[str, Any]:
    """Point to messages by name."""
    return {name: {"$ref": f"#/components/messages/{name}"} for name in names}


def message(fact: type[Fact]) -> dict[str, Any]:
    """Describe one fact."""
    return {
        "name": fact.type,
        "summary": (fact.__doc__ or "").strip(),
        "contentType": "application/json",
        "payload": {"$ref": f"./events/{fact.type}.schema.json"},
    }
