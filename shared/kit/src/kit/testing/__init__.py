"""What tests of a service stand on: a real PostgreSQL, real tokens, real HTTP in the process."""

from kit.testing.harness import Harness, Says, facts_from_examples

__all__ = ["Harness", "Says", "facts_from_examples"]
