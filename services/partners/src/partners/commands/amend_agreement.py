"""Draft an amendment, a further version of an agreement; or draft it anew."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kit import clock
from kit.database import Transaction
from kit.outbox import publish

from partners.commands.draft_agreement import must_fit, must_name_known
from partners.commands.find import found, must_be_at
from partners.domain.agreement import Agreement


@dataclass(frozen=True)
class AmendAgreement:
    """From when, and which words are other; those that are not named stay."""

    code: str
    expected: int
    effective_on: date
    words: dict[str, Any]


@dataclass(frozen=True)
class ReviseAmendment(AmendAgreement):
    """Which amendment is drafted anew; words that are not named are again as they are agreed."""

    number: int


async def amend_agreement(tx: Transaction, command: AmendAgreement) -> Agreement:
    """Draft an amendment, based on the last version that all have signed.

    Raises `Missing`, `Stale`, `IllegalStep`, `AmendmentOpen`, `OutsideTerm`, `NothingChanges`,
    `UnknownCode`, `AgreementTooLong`.
    """
    agreement = await found(tx, Agreement, command.code)
    must_be_at(agreement, command.expected)
    terms = agreement.base.terms.model_copy(update=command.words)
    kinds = await must_name_known(tx, terms)
    fact = agreement.amend(terms, kinds, command.effective_on, on=clock.today())
    must_fit(fact)
    await publish(tx, agreement, fact)
    return agreement


async def revise_amendment(tx: Transaction, command: ReviseAmendment) -> Agreement:
    """Change what is not proposed yet; the same words and day say nothing new.

    Raises `Missing`, `Stale`, `IllegalStep`, `OutsideTerm`, `NothingChanges`, `UnknownCode`,
    `AgreementTooLong`.
    """
    agreement = await found(tx, Agreement, command.code)
    must_be_at(agreement, command.expected)
    terms = agreement.base.terms.model_copy(update=command.words)
    kinds = await must_name_known(tx, terms)
    fact = agreement.revise_amendment(
        command.number, terms, kinds, command.effective_on, on=clock.today()
    )
    must_fit(fact)
    if tx.is_modified(agreement):
        await publish(tx, agreement, fact)
    return agreement
