"""Set the terms of an offering, or of an agreement."""

from collections.abc import Mapping

from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import delete, select

from referrals.domain.copies import AgreementCopy
from referrals.domain.seats import Seats
from referrals.domain.states import Timed
from referrals.domain.terms import Scope, TermRule


async def set_terms(tx: Transaction, scope: Scope, code: str, days: Mapping[Timed, int]) -> None:
    """Put these in place of all that were set; what is not among them is as for all.

    What runs already runs on as it is.
    """
    await tx.execute(delete(TermRule).where(TermRule.scope == scope, TermRule.code == code))
    tx.add_all(TermRule(scope=scope, code=code, timed=t, days=n) for t, n in days.items())
    await tx.flush()


async def must_govern(tx: Transaction, scope: Scope, code: str, organisation: str) -> None:
    """Let the provider set its offering's terms, a party its agreement's. Raises `Missing`."""
    if scope is Scope.OFFERING:
        seats = await tx.get(Seats, code)
        governs = seats is not None and seats.organisation == organisation
    else:
        copy = await tx.get(AgreementCopy, code)
        governs = copy is not None and organisation in copy.policy().parties
    if not governs:
        raise Missing


async def terms_set(tx: Transaction, scope: Scope, code: str) -> dict[Timed, int]:
    """Give the terms that were set."""
    rules = select(TermRule).where(TermRule.scope == scope, TermRule.code == code)
    return {Timed(rule.timed): rule.days for rule in await tx.scalars(rules)}
