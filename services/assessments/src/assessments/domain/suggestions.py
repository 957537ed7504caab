"""Suggestions: which needs the rules see, how clearly, and because of what."""

from collections.abc import Iterable
from enum import StrEnum

from kit.texts import Text
from pydantic import BaseModel, ConfigDict


class Strength(StrEnum):
    """How plainly the answers point to a need; the order is from plain to faint."""

    CLEAR = "clear"
    POSSIBLE = "possible"


class Input(BaseModel):
    """An answer that a rule went by: the mark (0-10) and the band that it was read as."""

    model_config = ConfigDict(frozen=True)

    item: str
    mark: int
    band: str


class Finding(BaseModel):
    """One rule that fired; `rules` is the table and its version, like `needs@1`."""

    model_config = ConfigDict(frozen=True)

    need: str
    strength: Strength
    rules: str
    rule: str
    text: Text
    inputs: tuple[Input, ...]


class Suggestion(BaseModel):
    """A need that the rules see, as strong as the strongest of the findings that led to it."""

    model_config = ConfigDict(frozen=True)

    need: str
    strength: Strength
    rules: str
    because: tuple[Finding, ...]


def suggestions(findings: Iterable[Finding]) -> list[Suggestion]:
    """Gather what was found by need: clear ones first, else in the order of the table."""
    by_need: dict[str, list[Finding]] = {}
    for finding in findings:
        by_need.setdefault(finding.need, []).append(finding)
    gathered = [suggestion(need, found) for need, found in by_need.items()]
    return sorted(gathered, key=lambda one: list(Strength).index(one.strength))


def suggestion(need: str, found: list[Finding]) -> Suggestion:
    """Make one suggestion of all that points to the same need."""
    strength = min((one.strength for one in found), key=list(Strength).index)
    return Suggestion(need=need, strength=strength, rules=found[0].rules, because=tuple(found))
