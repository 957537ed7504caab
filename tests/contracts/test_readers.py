"""Who hears a fact can read it: every service's own models, beside what the producers publish.

No producer is imported: its contract is all that its readers know of it.
"""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from kit.reactions import On
from kumppani.contracts.rules import RULES, Change, Role
from kumppani.contracts.schemas import Difference, Node, differences
from kumppani.estate import SERVICES

CONTRACTS = Path(__file__).parents[2] / "contracts"
EVENTS = {"present": CONTRACTS / "events", "released": CONTRACTS / "released" / "events"}
TYPES = sorted(f.name.removesuffix(".schema.json") for f in EVENTS["present"].glob("*.schema.json"))


def heard() -> Iterator[tuple[str, str, On[Any]]]:
    """Give what each service hears: the service, the fact's type, how it is read."""
    for service in SERVICES:
        for type_, on in import_module(f"{service}.reactions").REACTIONS.table.items():
            yield service, type_, on


HEARD = [pytest.param(type_, on, id=f"{service}-{type_}") for service, type_, on in heard()]


@pytest.mark.parametrize(("type_", "on"), HEARD)
def test_a_reader_knows_only_published_facts_and_reads_their_examples(
    type_: str, on: On[Any]
) -> None:
    assert type_ in TYPES
    for folder in EVENTS.values():
        example = folder / f"{type_}.example.json"
        if example.exists():  # a fact may be newer than the release
            on.model.model_validate_json(example.read_bytes())


@pytest.mark.parametrize(("type_", "on"), HEARD)
def test_a_reader_takes_all_that_its_producer_may_say_and_waits_for_nothing_else(
    type_: str, on: On[Any]
) -> None:
    known = differences_to("present", type_, on)
    assert [each for each in known if not harmless(each)] == []
    old = differences_to("released", type_, on)  # outboxes and logs still hold it
    assert [e for e in old if e.change is not Change.FIELD_ADDED and not harmless(e)] == []


def differences_to(when: str, type_: str, on: On[Any]) -> list[Difference]:
    """List how a reader differs from what is said, or was."""
    file, read = EVENTS[when] / f"{type_}.schema.json", on.model.model_json_schema()
    said = json.loads(file.read_text()) if file.exists() else read
    return differences(Node.of(said, said), Node.of(read, read))


def harmless(found: Difference) -> bool:
    """Say whether a reader may differ so from what is said: it reads less, and takes more."""
    if found.change in {Change.FIELD_ADDED, Change.FIELD_REMOVED}:
        return found.change is Change.FIELD_REMOVED
    folds = found.detail.startswith("uniqueItems")  # a set takes a list's twins
    return folds or RULES[found.change][Role.REQUEST].allowed


@pytest.mark.parametrize("type_", TYPES)
def test_an_example_is_what_its_schema_says_and_so_are_those_that_were_released(
    type_: str,
) -> None:
    schema = json.loads((EVENTS["present"] / f"{type_}.schema.json").read_text())
    validator = jsonschema_rs.validator_for(schema)
    for name, folder in EVENTS.items():
        example = folder / f"{type_}.example.json"
        if name == "present" or example.exists():
            validator.validate(json.loads(example.read_text()))
