"""asyncapi.yaml is AsyncAPI 3, by the initiative's own schema, and all that it names is there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

HERE = Path(__file__).parent
CONTRACTS = HERE.parents[1] / "contracts"
OFFICIAL = jsonschema_rs.validator_for(json.loads((HERE / "asyncapi" / "3.0.0.json").read_text()))


def document() -> Any:
    """Read the document."""
    return yaml.safe_load((CONTRACTS / "asyncapi.yaml").read_text())


def references(part: Any) -> Iterator[str]:
    """Give all that a document refers to."""
    if isinstance(part, dict):
        yield from (said for word, said in part.items() if word == "$ref")
        part = list(part.values())
    for each in part if isinstance(part, list) else ():
        yield from references(each)


def test_the_document_is_valid_by_the_official_schema() -> None:
    assert [str(error) for error in OFFICIAL.iter_errors(document())] == []


def test_the_official_schema_refuses_what_is_wrong() -> None:
    wrong = document()
    wrong["channels"]["referrals"]["address"] = 8000
    wrong["operations"]["say_referrals"]["action"] = "shout"
    found = {"/".join(map(str, error.instance_path)) for error in OFFICIAL.iter_errors(wrong)}
    assert found == {"channels/referrals", "operations/say_referrals"}


def test_whatever_it_refers_to_is_there() -> None:
    whole = document()
    for reference in references(whole):
        file, _, path = reference.partition("#")
        if file:
            assert (CONTRACTS / file).is_file(), reference
        part = whole
        for step in path.split("/")[1:]:
            part = part[step]
