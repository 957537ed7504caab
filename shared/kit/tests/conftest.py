"""Fixtures of the kit itself."""

pytest_plugins = ["kit.testing.fixtures"]
