"""Declare how many clients an offering takes."""

from dataclasses import dataclass

from kit.database import Transaction
from kit.outbox import publish

from partners.commands.find import found, must_be_at
from partners.domain.offering import Offering


@dataclass(frozen=True)
class DeclareCapacity:
    """The provider's word; fewer than are taken is allowed, then no more are taken in."""

    code: str
    organisation: str
    expected: int
    capacity: int


async def declare_capacity(tx: Transaction, command: DeclareCapacity) -> Offering:
    """Declare. What is declared already says nothing new. Raises `Missing`, `NotTheProvider`,
    `Stale`.
    """
    offering = await found(tx, Offering, command.code)
    offering.must_be_of(command.organisation)
    must_be_at(offering, command.expected)
    if command.capacity != offering.capacity:
        await publish(tx, offering, offering.declare(command.capacity))
    return offering
