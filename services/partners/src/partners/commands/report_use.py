"""Report how much of a commitment was used in a month."""

from dataclasses import dataclass
from datetime import date

from kit import clock
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing

from partners.commands.find import found
from partners.domain.agreement import Agreement
from partners.domain.agreement_terms import Commitment
from partners.domain.errors import NotTheCommitter, OutsidePeriod, UseIsCounted
from partners.domain.use import Use


@dataclass(frozen=True)
class ReportUse:
    """A party's word on a month; reported again, the last word holds."""

    agreement: str
    commitment: str
    organisation: str
    month: str
    amount: float


async def report_use(tx: Transaction, command: ReportUse) -> Use:
    """Report. What is reported already says nothing new; the agreement is locked meanwhile.

    Raises `Missing`, `NotTheCommitter`, `UseIsCounted`, `OutsidePeriod`.
    """
    agreement = await found(tx, Agreement, command.agreement)
    commitment = committed(agreement, command.commitment)
    if commitment.party != command.organisation:
        raise NotTheCommitter(party=commitment.party)
    if commitment.offering is not None:
        raise UseIsCounted
    must_be_within(commitment, command.month, clock.today())
    key = (command.agreement, command.commitment, command.month)
    use = await tx.get(Use, key)
    if use is None:
        use = Use(agreement=key[0], commitment=key[1], month=key[2], party=commitment.party)
        tx.add(use)
    if use.amount != command.amount:
        use.amount = command.amount
        await publish(tx, use, use.reported())
    return use


def committed(agreement: Agreement, code: str) -> Commitment:
    """Find a commitment of the version that rules. Raises `Missing`."""
    for commitment in agreement.ruling.terms.commitments:
        if commitment.code == code:
            return commitment
    raise Missing


def must_be_within(commitment: Commitment, month: str, today: date) -> None:
    """Check that something can have been used in a month. Raises `OutsidePeriod`."""
    earliest, latest = (f"{day:%Y-%m}" for day in (commitment.first_day, commitment.last_day))
    latest = min(latest, f"{today:%Y-%m}")
    if not earliest <= month <= latest:
        raise OutsidePeriod(earliest=earliest, latest=latest)
