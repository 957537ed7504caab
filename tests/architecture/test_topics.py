"""Every aggregate speaks on a topic that its service declares."""

from importlib import import_module
from unittest.mock import MagicMock

import pytest
from kit.aggregates import Aggregate
from kumppani.estate import SERVICES


def aggregates(service: str) -> list[type[Aggregate]]:
    """List a service's aggregates."""
    import_module(f"{service}.domain.models")
    return [a for a in Aggregate.__subclasses__() if a.__module__.startswith(f"{service}.")]


@pytest.mark.parametrize("service", SERVICES)
def test_each_kind_of_subject_has_its_topic_and_no_topic_is_idle(service: str) -> None:
    subjects = {kind.subject.fget(MagicMock()) for kind in aggregates(service)}  # type: ignore[attr-defined]
    declared = import_module(f"{service}.domain.events").KINDS
    assert {subject.partition("/")[0] for subject in subjects} == set(declared)
