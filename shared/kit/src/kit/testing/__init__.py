"""What tests of a service stand on: a real PostgreSQL, real tokens, real HTTP in the process."""

from kit.testing.harness import Harness

__all__ = ["Harness"]
