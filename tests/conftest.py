"""Fixtures of the tests of the whole."""

pytest_plugins = ["kit.testing.fixtures"]
