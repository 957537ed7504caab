"""A rule table: checked cell by cell when it is read, then run by zen-engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import zen
from kit.texts import LANGUAGES, Text
from sharing.codes import NEEDS

from assessments.domain.instruments import Instrument
from assessments.domain.suggestions import Finding, Input, Strength
from assessments.rules import jdm
from assessments.rules.jdm import MalformedRules


@dataclass(frozen=True)
class Rule:
    """A row: what it asks of each item's band (in zen-engine's unary syntax), and what it says."""

    id: str
    conditions: Mapping[str, str]
    need: str
    strength: Strength
    because: Text

    def fits(self, instrument: Instrument) -> bool:
        """Say whether the instrument has all the items, and for each a band that can be met."""
        return all(
            item in instrument.item_codes
            and any(meets(band.code, condition) for band in instrument.bands)
            for item, condition in self.conditions.items()
        )


class RuleTable:
    """One version of a decision table over the bands of the items that were answered."""

    def __init__(self, code: str, version: int, content: str) -> None:
        """Read and check a table. Raises `MalformedRules`."""
        self.code = code
        self.version = version
        self.name = f"{code}@{version}"
        self._table = jdm.read(self.name, content)
        self._decision = zen.ZenEngine().create_decision(content)
        self.rules = {row["_id"]: self._rule(row) for row in self._table.content.rules}

    def findings(self, instrument: Instrument, answers: Mapping[str, int]) -> list[Finding]:
        """Run the table on the marks that were given; the engine's trace tells what fired."""
        bands = instrument.bands_of(answers)
        inputs = {item: Input(item=item, mark=answers[item], band=bands[item]) for item in bands}
        trace = self._decision.evaluate({"bands": bands}, {"trace": True})["trace"]
        rows = trace[self._table.id]["traceData"]
        return [self._finding(self.rules[row["rule"]["_id"]], inputs) for row in rows]

    def misfits(self, instrument: Instrument) -> list[str]:
        """List the rules that could never fire with an instrument; none means that it fits."""
        return [rule.id for rule in self.rules.values() if not rule.fits(instrument)]

    def _finding(self, rule: Rule, inputs: Mapping[str, Input]) -> Finding:
        return Finding(
            need=rule.need,
            strength=rule.strength,
            rules=self.name,
            rule=rule.id,
            text=rule.because,
            inputs=tuple(inputs[item] for item in rule.conditions),
        )

    def _rule(self, row: Mapping[str, str]) -> Rule:
        cells = {column.item: row.get(column.id, "") for column in self._table.content.inputs}
        says = {
            column.field: constant(row.get(column.id, "")) for column in self._table.content.outputs
        }
        conditions = {item: cell for item, cell in cells.items() if cell}
        for fault in (*faults_of(conditions), *faults_in(says)):
            raise MalformedRules(f"{self.name}: rule {row['_id']}: {fault}")
        return Rule(
            id=row["_id"],
            conditions=conditions,
            need=says["need"],
            strength=Strength(says["strength"]),
            because=Text.model_validate({code: says[f"because.{code}"] for code in LANGUAGES}),
        )


def faults_of(conditions: Mapping[str, str]) -> Iterator[str]:
    """Say which conditions cannot be read, or would let a rule fire where nothing was answered."""
    if not conditions:
        yield "it has no condition, so it would always fire"
    for item, condition in conditions.items():
        if meets(None, condition) is not False:
            yield f"{item}: cannot be read, or holds where nothing was answered: {condition}"


def faults_in(says: Mapping[str, Any]) -> Iterator[str]:
    """Say which words of a rule are missing or unknown."""
    if says["need"] not in NEEDS:
        yield "need: not one of the needs that the partners agreed on"
    if says["strength"] not in set(Strength):
        yield f"strength: must be one of {', '.join(Strength)}"
    for code in LANGUAGES:
        if not isinstance(says[f"because.{code}"], str):
            yield f"because.{code}: must be a text"


def meets(band: str | None, condition: str) -> bool | None:
    """Say whether a band (none: not answered) meets a condition; none where it cannot be read.

    zen-engine has a validator of its own, but it refuses good conditions, like a list of values.
    """
    try:
        return bool(zen.evaluate_unary_expression(condition, {"$": band}))
    except RuntimeError:
        return None


def constant(cell: str) -> Any:
    """Give what an output cell always says; none where it says nothing, or cannot be read."""
    try:
        return zen.evaluate_expression(cell, {})
    except RuntimeError:
        return None
