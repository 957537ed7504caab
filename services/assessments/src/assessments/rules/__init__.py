"""Suggestion rules as data: decision tables in JDM, `<code>@<version>.json`, run by zen-engine.

A published table is never edited: its successor is a file with the next version. The newest
version of a table is the one in use; every suggestion names the version that made it.
"""

from assessments.rules.book import RuleBook, delivered
from assessments.rules.jdm import MalformedRules
from assessments.rules.tables import RuleTable

__all__ = ["MalformedRules", "RuleBook", "RuleTable", "delivered"]
