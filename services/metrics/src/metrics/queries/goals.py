"""Goals: what the agreements say, and how the indicator stands to the path."""

from collections.abc import Sequence

from kit import clock
from kit.database import Transaction
from sqlalchemy import Select, select

from metrics.domain.copies import Agreement, AgreementCopy, Aim, Measured
from metrics.domain.indicators import INDICATORS
from metrics.domain.values import Value
from metrics.queries.values import values_in


def agreements(code: str | None) -> Select[AgreementCopy]:
    """Select the agreements that are known, or one of them."""
    query = select(AgreementCopy)
    return query if code is None else query.where(AgreementCopy.code == code)


async def agreement_codes(tx: Transaction) -> frozenset[str]:
    """Give the codes of all agreements that are known."""
    return frozenset((await tx.scalars(select(AgreementCopy.code))).all())


async def agreement_in_force(tx: Transaction) -> Agreement | None:
    """Find the agreement that holds today; of several, the one that was last heard of."""
    copies = await tx.scalars(select(AgreementCopy).order_by(AgreementCopy.at.desc()))
    today = clock.today()
    return next(
        (a for a in (copy.read().as_of(today) for copy in copies) if a.in_force(today)), None
    )


async def actual(tx: Transaction, aims: Sequence[Aim]) -> dict[Measured, list[Value]]:
    """Give the values that goals are set for, by indicator and area."""
    wanted = {aim.measured for aim in aims if aim.indicator in INDICATORS}
    return {each: await values_in(tx, INDICATORS[each.indicator], each.area) for each in wanted}
