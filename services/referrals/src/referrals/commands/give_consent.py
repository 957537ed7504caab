"""Record a client's consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kit import clock, ids
from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing
from sharing.codes import DataClass, Purpose
from sqlalchemy import select

from referrals.domain.client import is_client_of
from referrals.domain.codes import Manner
from referrals.domain.consent import Consent
from referrals.domain.copies import OrganisationCopy
from referrals.domain.errors import ConsentTime
from referrals.queries.clients import client_of


@dataclass(frozen=True)
class GiveConsent:
    """What the client said, how and when; `valid_until` is its last day, none: until withdrawn."""

    client_id: UUID
    organisation: str
    officer: str
    classes: Sequence[DataClass]
    recipients: Sequence[str]
    purposes: Sequence[Purpose]
    manner: Manner
    given_at: datetime
    valid_until: date | None


async def give_consent(tx: Transaction, command: GiveConsent) -> Consent:
    """Record the consent of one's own client. Raises `Missing`, `MergedAway`, `UnknownCode`,
    `ConsentTime`.
    """
    await client_of(tx, command.client_id, command.organisation)
    if not await is_client_of(tx, command.client_id, command.organisation):
        raise Missing
    now = clock.now()
    if command.given_at > now:
        raise ConsentTime(pointer="/body/given_at")
    if command.valid_until is not None and command.valid_until < clock.day_of(now):
        raise ConsentTime(pointer="/body/valid_until")
    there = (await tx.scalars(select(OrganisationCopy.code))).all()
    for place, recipient in enumerate(command.recipients):
        known(recipient, there, f"/body/recipients/{place}")
    consent = Consent(
        id=ids.new_id(),
        client_id=command.client_id,
        organisation=command.organisation,
        classes=sorted(set(command.classes)),
        recipients=sorted(set(command.recipients)),
        purposes=sorted(set(command.purposes)),
        manner=command.manner,
        given_at=command.given_at,
        officer=command.officer,
        recorded_at=now,
        valid_until=command.valid_until,
    )
    tx.add(consent)
    await publish(tx, consent, consent.gave())
    return consent
