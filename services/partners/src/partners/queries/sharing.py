"""What the agreements say of an exchange, and what they would say if a version ruled."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import chain

from kit import clock
from kit.codes import known
from kit.database import Transaction
from sharing import Decision, Exchange, Rehearsed, decide, rehearse
from sqlalchemy import func, select

from partners.commands.find import organisation_codes
from partners.domain.agreement import Agreement
from partners.domain.asked import ExchangeAsked
from partners.domain.errors import NothingToRehearse
from partners.queries.versions import agreement_of, numbered


async def decision_on(tx: Transaction, exchange: Exchange) -> Decision:
    """Judge an exchange by all agreements. Raises `UnknownCode`."""
    agreements = (await tx.scalars(select(Agreement))).all()
    must_be_known(exchange, await organisation_codes(tx), themes_of(agreements), "/body")
    return decide([agreement.policy() for agreement in agreements], exchange)


async def rehearsal(
    tx: Transaction, code: str, number: int | None, exchanges: Sequence[Exchange]
) -> tuple[int, list[Rehearsed]]:
    """Judge exchanges as things are, and as if a version that is being prepared ruled.

    Returns the version's number, and each exchange. Raises `Missing`, `NothingToRehearse`,
    `UnknownCode`.
    """
    agreement = await agreement_of(tx, code)
    version = numbered(agreement, number) if number else agreement.open
    if version is None or version != agreement.open:
        raise NothingToRehearse(open_version=agreement.open and agreement.open.number)
    agreements = (await tx.scalars(select(Agreement))).all()
    codes, themes = await organisation_codes(tx), themes_of(agreements)
    for i, exchange in enumerate(exchanges):
        must_be_known(exchange, codes, themes, f"/body/exchanges/{i}")
    today = clock.today()
    policies = [each.policy() for each in agreements]
    return version.number, rehearse(
        policies, agreement.policy(as_if=version, on=today), exchanges, today
    )


async def asked_since(tx: Transaction, since: date) -> dict[Exchange, int]:
    """Give the exchanges that were asked about since a day, and how often; as of the last time."""
    columns = (
        ExchangeAsked.giver,
        ExchangeAsked.receiver,
        ExchangeAsked.purpose,
        ExchangeAsked.data_class,
        ExchangeAsked.theme,
    )
    last, times = func.max(ExchangeAsked.asked_on), func.sum(ExchangeAsked.times)
    query = select(*columns, last, times).where(ExchangeAsked.asked_on >= since)
    rows = await tx.execute(query.group_by(*columns).order_by(*columns))
    return {
        Exchange(
            giver=giver, receiver=receiver, purpose=purpose, data_class=data_class,
            theme=theme or None, on=on,
        ): count
        for giver, receiver, purpose, data_class, theme, on, count in rows
    }  # fmt: skip


def must_be_known(
    exchange: Exchange, organisations: Collection[str], themes: Collection[str], pointer: str
) -> None:
    """Check the codes of an exchange. Raises `UnknownCode`."""
    known(exchange.giver, organisations, f"{pointer}/from")
    known(exchange.receiver, organisations, f"{pointer}/to")
    if exchange.theme is not None:
        known(exchange.theme, themes, f"{pointer}/theme")


def themes_of(agreements: Iterable[Agreement]) -> frozenset[str]:
    """Give the codes of all themes that agreements have, or had, or may have."""
    versions = chain.from_iterable(agreement.versions for agreement in agreements)
    return frozenset(theme.code for version in versions for theme in version.terms.themes)
