"""What each service asks and says, generated from its code."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import orjson
import yaml
from kit.contracts import asyncapi, event_contracts
from kit.embedded import Urls
from kit.testing.harness import make_settings

from kumppani.estate import SERVICES

RELEASED: Final = "released"  # the folder of what others rely on; the gate keeps it
KINDS = {".json", ".yaml"}
PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE


@cache
def generated() -> dict[str, bytes]:
    """Give all contracts by their path."""
    files: dict[str, Any] = {}
    facts, kinds = {}, {}
    for service in SERVICES:
        said = import_module(f"{service}.domain.events")
        facts[service], kinds[service] = said.FACTS, said.KINDS
        files |= event_contracts(facts[service])
        files[f"openapi/{service}.json"] = openapi(service)
    written = {name: orjson.dumps(content, option=PRETTY) for name, content in files.items()}
    described = yaml.safe_dump(asyncapi(facts, kinds), allow_unicode=True)
    return written | {"asyncapi.yaml": described.encode()}


def openapi(service: str) -> dict[str, Any]:
    """Give a service's OpenAPI document; no database is opened for it."""
    nowhere = Urls(*["postgresql+asyncpg://nobody@localhost/none"] * 3)
    kind = import_module(f"{service}.settings").Settings
    feeds = dict.fromkeys(SERVICES, "")
    app = import_module(f"{service}.app").make_app(
        make_settings(kind, service, nowhere, feeds=feeds), work=False
    )
    document: dict[str, Any] = app.openapi()
    return document


def write(root: Path) -> int:
    """Write all contracts, and take away what the code no longer has. Returns how many."""
    files = generated()
    for name in stale(root, files):
        (root / name).unlink()
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return len(files)


def changed(root: Path) -> list[str]:
    """Name the contracts that differ from the code."""
    files = generated()
    differ = [
        n for n, c in files.items() if not (root / n).exists() or (root / n).read_bytes() != c
    ]
    return sorted([*differ, *stale(root, files)])


def stale(root: Path, files: dict[str, bytes]) -> list[str]:
    """Name the files that the code no longer generates."""
    there = (p.relative_to(root) for p in root.rglob("*.*") if p.suffix in KINDS)
    return [str(p) for p in there if p.parts[0] != RELEASED and str(p) not in files]
