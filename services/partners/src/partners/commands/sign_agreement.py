"""Sign an agreement, or an amendment of it."""

from dataclasses import dataclass

from kit import clock
from kit.database import Transaction
from kit.outbox import publish

from partners.commands.find import found, must_be_at
from partners.domain.agreement import Agreement


@dataclass(frozen=True)
class SignAgreement:
    """A party signs for itself, by an officer, what it last read; it may name the fingerprint."""

    code: str
    organisation: str
    officer: str
    expected: int
    sha256: str | None = None


async def sign_agreement(tx: Transaction, command: SignAgreement) -> Agreement:
    """Sign what is proposed.

    Raises `Missing`, `Stale`, `NotAParty`, `AlreadySigned`, `TermOver`, `IllegalStep`,
    `DocumentDiffers`.
    """
    agreement = await found(tx, Agreement, command.code)
    must_be_at(agreement, command.expected)
    fact = agreement.sign(
        command.organisation,
        officer=command.officer,
        at=clock.now(),
        on=clock.today(),
        sha256=command.sha256,
    )
    await publish(tx, agreement, fact)
    return agreement
