"""Begin a handover that was planned: from now on a worker carries it out."""

from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing, Stale

from referrals.commands.plan_handover import must_be_succession
from referrals.domain.contact import must_be_in_contact
from referrals.domain.handover import Handover


@dataclass(frozen=True)
class BeginHandover:
    """Which, at the revision that was looked at, and who commands it."""

    handover_id: UUID
    organisation: str
    officer: str
    expected: int


async def begin_handover(tx: Transaction, command: BeginHandover) -> Handover:
    """Begin it, if the succession still stands: one withdrawn since passes nothing on.

    Raises `Missing`, `Stale`, `AlreadyBegun`, `NotYourHandover`, `NotSucceeded`, `OutOfContact`.
    """
    handover = await tx.get(Handover, command.handover_id, with_for_update=True)
    if handover is None or command.organisation not in (handover.giver, handover.receiver):
        raise Missing
    if handover.revision != command.expected:
        raise Stale
    await must_be_in_contact(tx)
    await must_be_succession(
        tx, handover.giver, handover.receiver, handover.task, command.organisation, named=True
    )
    fact = handover.begin(command.organisation, command.officer, clock.now())
    await publish(tx, handover, fact)
    return handover
