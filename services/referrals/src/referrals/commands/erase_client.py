"""Erase a client: the key, what it closed, and by what the person was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.erasures import Erasure, keep
from kit.problems import Missing

from referrals.commands.erasing import erase, person
from referrals.domain.client import Client
from referrals.domain.errors import RecordRequired, ReferralsOpen
from referrals.domain.grounds import PASSES, Ground
from referrals.domain.referral import Referral
from referrals.domain.retention import period_of
from referrals.queries.retention import kept_until


@dataclass(frozen=True)
class EraseClient:
    """On a ground of Regulation (EU) 2016/679, article 17(1)."""

    client_id: UUID
    organisation: str
    ground: Ground


async def erase_client(tx: Transaction, command: EraseClient) -> Client:
    """Erase a client of one's own, in all records of the person; who was erased, stays so.

    Raises `Missing`, `ReferralsOpen`, and `RecordRequired` where law requires the record (article
    17(3)(b)).
    """
    records, referrals = await person(tx, command.client_id)
    asked = [each for each in records if each.id == command.client_id]
    if not asked or asked[0].organisation != command.organisation:
        raise Missing
    left = [each for each in records if each.erased_at is None]
    if left:
        unfinished = [referral.id for referral in referrals if not referral.has_ended]
        if unfinished:
            raise ReferralsOpen(open=[str(referral_id) for referral_id in unfinished])
        await must_not_be_required(tx, left, referrals, command.ground)
        await erase_all(tx, left, referrals, command.ground)
    return asked[0]


async def erase_all(
    tx: Transaction, records: Sequence[Client], referrals: Sequence[Referral], ground: Ground
) -> None:
    """Erase records, each with a line of its own in the book before it."""
    now = clock.now()
    erasures = [Erasure(each.id, each.organisation, ground, now) for each in records]
    await keep(tx, *erasures)
    for record, erasure in zip(records, erasures, strict=True):
        await erase(tx, record, referrals, erasure)


async def must_not_be_required(
    tx: Transaction, records: Sequence[Client], referrals: Sequence[Referral], ground: Ground
) -> None:
    """Let nothing be erased that law requires: what was done by statute, until its time is over.

    Raises `RecordRequired`.
    """
    if ground in PASSES or not any(referral.is_by_statute for referral in referrals):
        return
    period = period_of("client_record")
    until = clock.day_of(max([await kept_until(tx, each.id) for each in records]))
    if period.required and until >= clock.today():
        raise RecordRequired(law=period.law, section=period.section, until=until.isoformat())
