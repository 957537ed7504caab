"""Whatever partners says is a sign of life."""

from typing import Any

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from kit.reactions import On

from referrals.domain.contact import note_contact


class RegisterHeard(Heard):
    """Nothing is read of a confirmation but that it came."""


async def nothing_more(_tx: Transaction, _said: RegisterHeard, _event: Event) -> None:
    """Do nothing: that it came is all there is to it."""


def noted(on: On[Any]) -> On[Any]:
    """Do what a fact of partners causes, and note when it was said."""

    async def react(tx: Transaction, said: Any, event: Event) -> None:
        await on.react(tx, said, event)
        await note_contact(tx, event.time)

    return On(on.model, react)
