"""Declare how many clients an offering takes."""

from dataclasses import dataclass

from kit import clock
from kit.database import Transaction
from kit.outbox import publish

from partners.commands.find_offering import own_offering
from partners.commands.known_service import must_name_known_unit
from partners.domain.catalogue import Capacity
from partners.domain.offering import Offering


@dataclass(frozen=True)
class DeclareCapacity:
    """The provider's word; fewer than are taken is allowed, then no more are taken in."""

    code: str
    organisation: str
    expected: int
    capacity: Capacity


async def declare_capacity(tx: Transaction, command: DeclareCapacity) -> Offering:
    """Declare; what is declared already is confirmed. Raises `Missing`, `NotTheProvider`,
    `Stale`, `IllegalStep`, `UnknownCode`.
    """
    offering = await own_offering(tx, command.code, command.organisation, command.expected)
    must_name_known_unit(command.capacity)
    await publish(tx, offering, offering.declare(command.capacity, clock.now()))
    return offering
