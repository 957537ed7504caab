"""Let a successor stand in a referral where the giver stood; the referral goes on as it was."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from kit.database import Transaction, hot
from kit.erasures import forget_answers
from kit.outbox import publish
from sharing.codes import DataClass

from referrals.domain.disclosures import log_referrals
from referrals.domain.handover import Handover
from referrals.domain.history import Act, note
from referrals.domain.referral import Referral
from referrals.domain.states import Role

# Terms run on, and what there is to do stays as it is: at another desk.
DESKS: Final = """
    UPDATE work SET owner = $3 WHERE referral_id = $1 AND owner = $2 AND desk <> 'coordinator'
"""
# Whoever wrote it, its end has written it: the successor reads it as its own.
LETTERS: Final = "UPDATE message SET organisation = $3 WHERE referral_id = $1 AND organisation = $2"


async def pass_referral(
    tx: Transaction, handover: Handover, referral_id: UUID, at: datetime
) -> bool:
    """Pass a referral that the giver received; say whether it was still the giver's to pass."""
    referral = await tx.get(Referral, referral_id, with_for_update=True, populate_existing=True)
    if referral is None or referral.recipient != handover.giver or not referral.was_sent:
        return False
    await stand_in(tx, handover, referral, of_client=False)
    await forget_answers(tx, [referral.id])
    about = logged(handover, at) | {"classes": [DataClass.SITUATION]}
    await log_referrals(tx, {referral.id: about})
    return True


async def stand_in(
    tx: Transaction, handover: Handover, referral: Referral, *, of_client: bool
) -> None:
    """Put the successor at the giver's end, at one instant for all that the end carries."""
    giver, receiver = handover.giver, handover.receiver
    fact = referral.pass_to(receiver, giver, of_client=of_client, handover_id=handover.id)
    await publish(tx, referral, fact)
    role = Role.SENDER if of_client else Role.RECIPIENT
    act = Act("pass_on", handover.organisation, handover.officer, role)
    await note(tx, referral.id, referral.revision, act)
    await hot(tx, DESKS, referral.id, giver, receiver)
    await hot(tx, LETTERS, referral.id, giver, receiver)


def logged(handover: Handover, at: datetime) -> dict[str, Any]:
    """Say in the log to whom data went, by whose command."""
    return {
        "at": at,
        "organisation": handover.receiver,
        "officer": handover.officer,
        "action": "write",
        "request": "POST /handovers/{handover_id}/beginning",
    }
