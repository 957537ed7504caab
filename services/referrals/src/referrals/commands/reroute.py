"""A recipient's word that another fits better: a draft of the sender's, to that other."""

from dataclasses import dataclass
from uuid import UUID

from kit import clock, ids
from kit.database import Transaction, on_behalf_of

from referrals.commands.address_referral import recipient_of
from referrals.commands.find import record
from referrals.commands.permission import permission
from referrals.domain.history import Act
from referrals.domain.referral import Referral
from referrals.domain.states import Loop, Role, Status


@dataclass(frozen=True)
class Destination:
    """Where to: an offering, whose provider is the recipient; or an organisation alone."""

    offering: str | None = None
    recipient: str | None = None


async def draft_to(
    tx: Transaction, referral: Referral, to: Destination | None, officer: str
) -> UUID:
    """Draft the sender's next referral, if the policy lets the client's data go there.

    Raises `NotPermitted`, `UnknownCode`. Sending it stays the sender's own step, and what a
    client consented to is asked there: it is not told to who reroutes.
    """
    to = to or Destination()
    recipient = await recipient_of(tx, to.offering, to.recipient, "/body/to")
    await permission(tx, referral, recipient)
    draft = Referral(
        id=ids.new_id(),
        client_id=referral.client_id,
        sender=referral.sender,
        recipient=recipient,
        offering=to.offering,
        need=referral.need,
        purpose=referral.purpose,
        mode=referral.mode,
        assessment_id=referral.assessment_id,
        follows=referral.id,
        consent_id=referral.consent_id,  # its usual basis, asked anew when it is sent
        status=Status.DRAFT,
        loop=Loop.OPEN,
        responsible=referral.sender,
        author="system",
        urgent=referral.urgent,
        escalated=False,
        drafted_at=clock.now(),
    )
    async with on_behalf_of(tx, referral.sender):  # whose draft it is, and nobody else's
        tx.add(draft)
        await record(tx, draft, Act("draft", "system", officer, Role.SYSTEM), draft.drafted())
    return draft.id
