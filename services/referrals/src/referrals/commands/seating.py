"""A referral's seat: taken, held, let go and given back together with the step that does it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from kit.database import Transaction
from kit.facts import Fact
from kit.outbox import publish

from referrals.domain.referral import Referral
from referrals.domain.seats import Seats
from referrals.domain.states import Step

TAKEN, HELD = "taken", "held"

MOVES: Final[Mapping[tuple[str | None, str | None], Callable[[Seats], Fact]]] = MappingProxyType(
    {
        (None, TAKEN): Seats.take,
        (None, HELD): Seats.hold,
        (HELD, TAKEN): Seats.take_held,
        (HELD, None): Seats.let_go,
        (TAKEN, None): Seats.give_back,
    }
)


async def move_seat(tx: Transaction, referral: Referral, step: Step) -> None:
    """Move the seat as the step that was just taken asks: both or neither. Raises `NoSeat`."""
    wanted = seat_after(referral, step)
    if wanted == referral.seat:
        return
    seats = await seats_of(tx, referral.offering)
    if seats is None:
        return
    fact = MOVES[referral.seat, wanted](seats)
    referral.seat = wanted
    await publish(tx, seats, fact)


def seat_after(referral: Referral, step: Step) -> str | None:
    """Say which seat a referral has after a step."""
    if referral.has_ended:
        return None
    if step in (Step.ACCEPT, Step.TAKE):
        return TAKEN
    if step is Step.OFFER:
        return HELD
    if step in (Step.LEAVE, Step.REQUEST_CANCEL) and referral.seat == HELD:
        return None
    return referral.seat


async def seats_of(tx: Transaction, offering: str | None) -> Seats | None:
    """Lock an offering's ledger; a referral is always locked before it."""
    if offering is None:
        return None
    return await tx.get(Seats, offering, with_for_update=True, populate_existing=True)
