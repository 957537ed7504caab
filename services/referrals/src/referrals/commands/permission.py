"""Whether a client's data may go to an organisation."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from kit import clock
from kit.database import Transaction
from sharing import Agreement, Decision, Exchange, decide
from sharing.codes import DataClass, Purpose
from sqlalchemy import select

from referrals.domain.basis import AnyBasis, Asked, Permit, clause_of, permit
from referrals.domain.copies import AgreementCopy
from referrals.domain.referral import Referral

MOVES: Final = DataClass.SITUATION  # of what class a referral is; its visit comes the other way


async def permission(
    tx: Transaction, referral: Referral, recipient: str, on: date | None = None
) -> Permit:
    """Find the clause that lets the data go to a recipient, today. Raises `NotPermitted`.

    To a unit of the sender's own nothing is disclosed, so no agreement is asked.
    """
    return clause_of(decision_on(await policies(tx), referral, recipient, on or clock.today()))


async def permission_by(
    tx: Transaction, referral: Referral, bases: Sequence[AnyBasis]
) -> tuple[Permit, AnyBasis]:
    """Find the clause, and which of some bases, let the data go to its recipient today.

    Raises `NotPermitted`, `NoBasis`.
    """
    to, today = str(referral.recipient), clock.today()
    decision = decision_on(await policies(tx), referral, to, today)
    return permit(decision, bases, Asked(to, Purpose(referral.purpose), MOVES, today))


async def policies(tx: Transaction) -> list[Agreement]:
    """Read what this service knows of all agreements."""
    return [copy.policy() for copy in await tx.scalars(select(AgreementCopy))]


def decision_on(
    agreements: Sequence[Agreement], referral: Referral, recipient: str, on: date
) -> Decision | None:
    """Ask the agreements; null within one organisation."""
    if recipient == referral.sender:
        return None
    exchange = Exchange(
        giver=referral.sender,
        receiver=recipient,
        purpose=Purpose(referral.purpose),
        data_class=MOVES,
        on=on,
    )
    return decide(agreements, exchange)
