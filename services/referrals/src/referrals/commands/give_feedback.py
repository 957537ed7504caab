"""Write down what a client says of a service: whether it helped."""

from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.database import Transaction, hot
from kit.outbox import publish
from kit.problems import Missing
from kit.vault import Vault, made_key

from referrals.domain.codes import Helped
from referrals.domain.errors import FeedbackClosed
from referrals.domain.feedback import Feedback
from referrals.domain.history import Act, note
from referrals.domain.referral import Referral
from referrals.domain.states import Role

ACCEPTED = """
    SELECT 1 FROM history WHERE referral_id = $1 AND step IN ('accept', 'take') LIMIT 1
"""


@dataclass(frozen=True)
class GiveFeedback:
    """The client's word, which an officer of either end writes down."""

    referral_id: UUID
    organisation: str
    officer: str
    helped: Helped
    text: str | None


async def give_feedback(tx: Transaction, vault: Vault, command: GiveFeedback) -> Feedback:
    """Write it down, once, of a referral that was accepted.

    Raises `Missing`, `FeedbackClosed`, and `KeyDestroyed` of words about who was erased.
    """
    referral = await tx.get(Referral, command.referral_id, with_for_update=True)
    if referral is None:
        raise Missing
    referral.roles_of(command.organisation)
    if not await hot(tx, ACCEPTED, referral.id):
        raise FeedbackClosed
    now = clock.now()
    fact = referral.commented(command.helped, now)
    feedback = Feedback(
        referral_id=referral.id,
        organisation=command.organisation,
        officer=command.officer,
        helped=command.helped,
        given_at=now,
    )
    if command.text is not None:
        key = await made_key(tx, vault, referral.client_id, referral.sender)
        feedback.text_sealed = key.close(command.text, feedback.place)
    tx.add(feedback)
    await publish(tx, referral, fact)
    act = Act("feedback", command.organisation, command.officer, Role.CLIENT)
    await note(tx, referral.id, referral.revision, act)
    return feedback
