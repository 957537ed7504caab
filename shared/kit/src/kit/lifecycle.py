"""A lifecycle as a table that a partner can read: (status, step) → what it leads to, who may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kit.problems import IllegalStep

Status = TypeVar("Status")
Step = TypeVar("Step")
Role = TypeVar("Role")


@dataclass(frozen=True)
class To(Generic[Status, Role]):
    """Where a step leads, whose step it is, and the field that it must come with."""

    status: Status
    by: Role
    needs: str | None = None


class Lifecycle(Generic[Status, Step, Role]):
    """All legal steps."""

    def __init__(self, table: Mapping[tuple[Status, Step], To[Status, Role]]) -> None:
        self._table = dict(table)

    def __iter__(self) -> Iterator[tuple[Status, Step, To[Status, Role]]]:
        """Walk the rows of the table."""
        for (status, step), to in self._table.items():
            yield status, step, to

    def legal(self, status: Status, role: Role) -> list[Step]:
        """List what this role may do now."""
        return [step for at, step, to in self if at == status and to.by == role]

    def take(self, status: Status, step: Step, role: Role) -> To[Status, Role]:
        """Look a step up. Raises `IllegalStep`, which names the legal ones."""
        to = self._table.get((status, step))
        if to is None or to.by != role:
            raise IllegalStep(legal=self.legal(status, role))
        return to
