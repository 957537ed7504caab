"""Take an offering a step on: publish, pause, resume or end it."""

from dataclasses import dataclass

from kit import clock
from kit.database import Transaction
from kit.outbox import publish

from partners.commands.find_offering import own_offering
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStep


@dataclass(frozen=True)
class StepOffering:
    """Which step its provider takes."""

    code: str
    organisation: str
    expected: int
    step: OfferingStep


async def step_offering(tx: Transaction, command: StepOffering) -> Offering:
    """Take the step. Raises `Missing`, `NotTheProvider`, `Stale`, `IllegalStep`."""
    offering = await own_offering(tx, command.code, command.organisation, command.expected)
    await publish(tx, offering, offering.step(command.step, clock.now()))
    return offering
