"""The rule tables that are delivered with this package."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources

from assessments.domain.instruments import Instrument
from assessments.domain.suggestions import Suggestion, suggestions
from assessments.rules.jdm import MalformedRules
from assessments.rules.tables import RuleTable

FILE_NAME = re.compile(r"(?P<code>[a-z0-9][a-z0-9-]{1,63})@(?P<version>[1-9][0-9]{0,3})\.json")


class RuleBook:
    """The newest version of each table, by its code."""

    def __init__(self, tables: Iterable[RuleTable]) -> None:
        self._newest = {t.code: t for t in sorted(tables, key=lambda table: table.version)}

    @property
    def codes(self) -> list[str]:
        """The codes of all tables."""
        return sorted(self._newest)

    def table(self, code: str) -> RuleTable:
        """Give the newest version of a table. Raises `KeyError`."""
        return self._newest[code]

    def suggest(
        self, instrument: Instrument, answers: Mapping[str, int]
    ) -> tuple[str | None, list[Suggestion]]:
        """Run the instrument's rules; give their name and version, and what they suggest.

        An instrument without rules suggests nothing: officers decide by themselves.
        """
        if instrument.rules is None:
            return None, []
        table = self.table(instrument.rules)
        return table.name, suggestions(table.findings(instrument, answers))


def delivered() -> RuleBook:
    """Read every table of the package. Raises `MalformedRules`: a service must not start then."""
    return RuleBook(read(name, content) for name, content in files())


def files() -> Iterator[tuple[str, str]]:
    """Find the files of this package that hold tables."""
    for file in resources.files("assessments.rules").iterdir():
        if file.name.endswith(".json"):
            yield file.name, file.read_text("utf-8")


def read(file_name: str, content: str) -> RuleTable:
    """Read one table, whose code and version its file's name tells. Raises `MalformedRules`."""
    named = FILE_NAME.fullmatch(file_name)
    if named is None:
        raise MalformedRules(f"{file_name}: must be named like needs@1.json")
    return RuleTable(named["code"], int(named["version"]), content)
