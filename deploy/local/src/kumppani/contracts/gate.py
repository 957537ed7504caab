"""The gate: the present contracts beside those that were released, which others rely on."""

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kumppani.contracts.export import RELEASED
from kumppani.contracts.routes import compared
from kumppani.contracts.rules import ADVICE, RULES, Change, Role, Verdict
from kumppani.contracts.schemas import Difference, Json, Node, differences

BREAKS: Final = "BREAKS.md"
SCHEMA: Final = ".schema.json"


@dataclass(frozen=True)
class Finding:
    """A change since the release: of which contract, in which role."""

    contract: str
    role: Role
    difference: Difference

    @property
    def verdict(self) -> Verdict:
        """What the table says of it."""
        return RULES[self.difference.change][self.role]

    def __str__(self) -> str:
        said = [self.contract, self.difference.path, self.difference.change, self.difference.detail]
        return f"{' '.join(filter(None, said))}: {self.verdict.meaning}"


def findings(root: Path) -> list[Finding]:
    """List what changed in the contracts of a folder since their release."""
    released = root / RELEASED
    return [*of_facts(released / "events", root / "events"), *of_services(released, root)]


def of_facts(released: Path, present: Path) -> Iterator[Finding]:
    """Compare each fact with what it was."""
    before, now = schemas(released), schemas(present)
    for name in sorted(before.keys() | now.keys()):
        for difference in of_fact(before.get(name), now.get(name)):
            yield Finding(name, Role.FACT, difference)


def of_fact(old: Json | None, new: Json | None) -> list[Difference]:
    """Compare a fact with what it was."""
    if old is None:
        return [Difference("", Change.FACT_ADDED)]
    if new is None:
        return [Difference("", Change.FACT_REMOVED)]
    return differences(Node.of(old, old), Node.of(new, new))


def schemas(folder: Path) -> dict[str, Json]:
    """Read the schemas of a folder's facts, by the fact's type."""
    return {f.name.removesuffix(SCHEMA): read(f) for f in folder.glob(f"*{SCHEMA}")}


def of_services(released: Path, present: Path) -> Iterator[Finding]:
    """Compare each service's routes with what they were."""
    names = {f.name for folder in (released, present) for f in (folder / "openapi").glob("*.json")}
    for name in sorted(names):
        service = name.removesuffix(".json")
        old, new = (read(folder / "openapi" / name) for folder in (released, present))
        for route, role, difference in compared(old, new):
            yield Finding(f"{service}: {route}", role, difference)


def read(file: Path) -> Json:
    """Read a document; one that is not there has no routes."""
    document: Json = json.loads(file.read_text()) if file.exists() else {"paths": {}}
    return document


def refused(found: Iterable[Finding]) -> list[Finding]:
    """Give those that others' programs would break on."""
    return [each for each in found if not each.verdict.allowed]


def advice(found: Iterable[Finding]) -> list[str]:
    """Say what to do about what is refused, once for each role."""
    return [ADVICE[role] for role in Role if role in {each.role for each in found}]


def release(root: Path, breaks: Iterable[Finding], reason: str, on: date) -> None:
    """Make the present contracts the released ones; note what they break, and why."""
    released = root / RELEASED
    for kind in ("events", "openapi"):
        shutil.rmtree(released / kind, ignore_errors=True)
        shutil.copytree(root / kind, released / kind)
    lines = [f"- {each}\n" for each in breaks]
    if lines:
        book = released / BREAKS
        before = book.read_text() if book.exists() else "# What releases broke, and why\n"
        book.write_text(f"{before}\n## {on}: {reason}\n\n{''.join(lines)}")
