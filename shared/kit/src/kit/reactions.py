"""What a service hears: a table from the types of facts to what is done about them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard

Said = TypeVar("Said", bound=Heard)


@dataclass(frozen=True)
class On(Generic[Said]):
    """How one fact is read, and what it causes."""

    model: type[Said]
    react: Callable[[Transaction, Said, Event], Awaitable[None]]


@dataclass(frozen=True)
class Reactions:
    """All that a service hears.

    `projections` are the tables that hold nothing but what was heard: a replay empties them
    and fills them again.
    """

    table: Mapping[str, On[Any]]
    projections: tuple[str, ...] = field(default=())

    @property
    def sources(self) -> list[str]:
        """The services that are listened to."""
        return sorted({name.partition(".")[0] for name in self.table})

    @property
    def names(self) -> frozenset[str]:
        """The declared types without their versions."""
        return frozenset(name.rpartition(".")[0] for name in self.table)
