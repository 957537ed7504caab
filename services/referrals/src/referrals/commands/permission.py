"""Whether a client's data may go to an organisation."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from kit import clock
from kit.database import Transaction
from sharing import Agreement, Decision, Exchange, decide
from sharing.codes import DataClass, Purpose
from sqlalchemy import select

from referrals.domain.basis import AnyBasis, Asked, Basis, Permit, clause_of, permit
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
) -> tuple[Permit, AnyBasis, frozenset[DataClass]]:
    """Find the clause, and which of some bases, let the data go to its recipient today, and which
    classes both let.

    Raises `NotPermitted`, `NoBasis`.
    """
    to, today = str(referral.recipient), clock.today()
    agreements = await policies(tx)
    decision = decision_on(agreements, referral, to, today)
    asked = Asked(to, Purpose(referral.purpose), MOVES, today)
    by, basis = permit(decision, bases, asked)
    return by, basis, let(agreements, referral, by, basis, today)


async def policies(tx: Transaction) -> list[Agreement]:
    """Read what this service knows of all agreements."""
    return [copy.policy() for copy in await tx.scalars(select(AgreementCopy))]


def let(
    agreements: Sequence[Agreement], referral: Referral, by: Permit, basis: Basis, on: date
) -> frozenset[DataClass]:
    """Give the classes that the clause and the basis of a referral let go to its recipient."""
    return clause_lets(agreements, referral, by, on) & basis_lets(referral, basis, on)


def clause_lets(
    agreements: Sequence[Agreement], referral: Referral, by: Permit, on: date
) -> frozenset[DataClass]:
    """Give the classes that one clause lets go on a day; within one organisation, all."""
    found = set()
    for each in DataClass:
        decision = decision_on(agreements, referral, str(referral.recipient), on, each)
        if decision is None or by in {(p.agreement, p.clause) for p in decision.permits}:
            found.add(each)
    return frozenset(found)


def basis_lets(referral: Referral, basis: Basis, on: date) -> frozenset[DataClass]:
    """Give the classes that a law or a consent covers on a day."""
    to, purpose = str(referral.recipient), Purpose(referral.purpose)
    return frozenset(each for each in DataClass if not basis.lacks(Asked(to, purpose, each, on)))


def decision_on(
    agreements: Sequence[Agreement],
    referral: Referral,
    recipient: str,
    on: date,
    data_class: DataClass = MOVES,
) -> Decision | None:
    """Ask the agreements; null within one organisation."""
    if recipient == referral.sender:
        return None
    exchange = Exchange(
        giver=referral.sender,
        receiver=recipient,
        purpose=Purpose(referral.purpose),
        data_class=data_class,
        on=on,
    )
    return decide(agreements, exchange)
