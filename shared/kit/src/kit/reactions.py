"""What a service hears: a table from the types of facts to what is done about them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from kit import tracing
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
class OnMany(Generic[Said]):
    """How facts are read that one statement can take many of: for projections, never commands.

    What stands together in a batch comes at once, in its order.
    """

    model: type[Said]
    react: Callable[[Transaction, Sequence[tuple[Said, Event]]], Awaitable[None]]


class Run:
    """Facts in a row that one `OnMany` takes at once; another reaction's turn ends the row."""

    def __init__(self) -> None:
        self._on: OnMany[Any] | None = None
        self._facts: list[tuple[Heard, Event]] = []

    async def take(self, tx: Transaction, on: OnMany[Any], said: Heard, event: Event) -> None:
        """Add a fact."""
        if on is not self._on:
            await self.end(tx)
            self._on = on
        self._facts.append((said, event))

    async def end(self, tx: Transaction) -> None:
        """React to what was gathered."""
        if self._on is not None:
            facts, self._facts = self._facts, []
            on, self._on = self._on, None
            with tracing.processing([event for _, event in facts]):
                await on.react(tx, facts)


@dataclass(frozen=True)
class Reactions:
    """All that a service hears.

    `projections` are the tables that hold nothing but what was heard: a replay empties them
    and fills them again.
    """

    table: Mapping[str, On[Any] | OnMany[Any]]
    projections: tuple[str, ...] = field(default=())

    @property
    def sources(self) -> list[str]:
        """The services that are listened to."""
        return sorted({name.partition(".")[0] for name in self.table})

    @cached_property  # it is asked of every fact
    def names(self) -> frozenset[str]:
        """The declared types without their versions."""
        return frozenset(name.rpartition(".")[0] for name in self.table)
