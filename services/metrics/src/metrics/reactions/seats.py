"""Seats: how many of an offering are taken. How many there are, the offering itself says."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard

from metrics.domain.projections import Kind
from metrics.reactions.moving import stands


class SeatsHeard(Heard):
    """What is read of an offering's seats."""

    offering: str
    taken: int


async def keep_taken(tx: Transaction, said: SeatsHeard, event: Event) -> None:
    """Note how many are taken now."""
    await stands(tx, Kind.SEATS_TAKEN, event, said.offering, said.taken)
