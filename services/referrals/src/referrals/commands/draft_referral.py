"""Begin a referral."""

from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.problems import Missing
from sharing.codes import Purpose

from referrals.commands.find import record
from referrals.domain.client import is_client_of
from referrals.domain.history import Act
from referrals.domain.merge import must_be_kept
from referrals.domain.referral import Referral
from referrals.domain.states import Loop, Mode, Status


@dataclass(frozen=True)
class DraftReferral:
    """The new referral's id comes with the command: what a fact causes has an id of that fact."""

    referral_id: UUID
    organisation: str
    officer: str
    client_id: UUID
    need: str | None
    purpose: Purpose = Purpose.CLIENT_REFERRAL
    assessment_id: UUID | None = None
    mode: Mode = Mode.REFERRAL
    urgent: bool = False


async def draft_referral(tx: Transaction, command: DraftReferral) -> Referral:
    """Begin a referral of one's own client. Raises `Missing`, `MergedAway`."""
    if not await is_client_of(tx, command.client_id, command.organisation):
        raise Missing
    await must_be_kept(tx, command.client_id)
    referral = Referral(
        id=command.referral_id,
        client_id=command.client_id,
        sender=command.organisation,
        need=command.need,
        purpose=command.purpose,
        assessment_id=command.assessment_id,
        mode=command.mode,
        status=Status.DRAFT,
        loop=Loop.OPEN,
        responsible=command.organisation,
        author=command.officer,
        urgent=command.urgent,
        escalated=False,
        drafted_at=clock.now(),
    )
    tx.add(referral)
    act = Act("draft", command.organisation, command.officer)
    await record(tx, referral, act, referral.drafted())
    return referral
