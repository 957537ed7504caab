"""Aggregates, and the rule that they live by: one revision, one fact."""

from abc import abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import BigInteger, event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column


class Unpublished(Exception):
    """A command changed an aggregate and said no fact."""


class SecondRevision(Exception):
    """A command changed an aggregate after its fact was said."""


class Unchanged(Exception):
    """A command said a fact of an aggregate that it did not change, or said two."""


class Aggregate:
    """A mapped class with a revision that each command bumps exactly once."""

    revision: Mapped[int] = mapped_column(BigInteger)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 (SQLAlchemy hands in the class)
        """Let SQLAlchemy count revisions, and turn a lost race into an error."""
        return {"version_id_col": cls.revision}

    @property
    @abstractmethod
    def subject(self) -> str:
        """The aggregate's name on the bus, unique within the service: `<kinds>/<id>`."""


class Ledger:
    """Which aggregates the present command has changed, and which of them have their fact."""

    def __init__(self) -> None:
        self.changed: list[Aggregate] = []
        self.silent: list[Aggregate] = []

    def bump(self, aggregate: Aggregate) -> None:
        """Note that a flush is about to raise the aggregate's revision."""
        if any(aggregate is other for other in self.changed):
            raise SecondRevision(aggregate.subject)
        self.changed.append(aggregate)
        self.silent.append(aggregate)

    def speak(self, aggregate: Aggregate) -> None:
        """Note that the aggregate's fact is being said."""
        if not any(aggregate is other for other in self.silent):
            raise Unchanged(aggregate.subject)
        self.silent = [other for other in self.silent if other is not aggregate]


def ledger_of(session: Session | AsyncSession) -> Ledger:
    """Give the ledger of the command that runs in this session."""
    ledger: Ledger = session.info.setdefault("ledger", Ledger())
    return ledger


async def next_command(session: AsyncSession) -> None:
    """Begin a further command in the same transaction, as a batch of reactions does."""
    await session.run_sync(settle)  # it may flush
    session.info["ledger"] = Ledger()


@asynccontextmanager
async def attempt(session: AsyncSession) -> AsyncIterator[None]:
    """Run commands in a savepoint: of one that raises nothing stays, and the transaction goes on.

    A second one within it begins with `next_command`.
    """
    await next_command(session)
    try:
        async with session.begin_nested():
            yield
    except BaseException:
        session.info["ledger"] = Ledger()
        raise


@event.listens_for(Session, "before_flush")
def note_changes(session: Session, _context: object, _instances: object) -> None:
    """Count every aggregate whose row the flush will write."""
    for thing in (*session.new, *session.dirty):
        if isinstance(thing, Aggregate) and (thing in session.new or session.is_modified(thing)):
            ledger_of(session).bump(thing)


@event.listens_for(Session, "before_commit")
def settle(session: Session) -> None:
    """Refuse to commit an aggregate's change that no fact tells."""
    if session.new or session.dirty:
        session.flush()
    silent = ledger_of(session).silent
    if silent:
        raise Unpublished(", ".join(aggregate.subject for aggregate in silent))
