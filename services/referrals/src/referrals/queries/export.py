"""Reading all that is held about one client."""

from collections.abc import Sequence
from uuid import UUID

from kit.database import Transaction
from kit.vault import Vault, key_of
from sqlalchemy import select

from referrals.api.client_views import ClientView, DisclosureView
from referrals.api.consent_views import ConsentView
from referrals.api.export_views import ClientExport, Elsewhere, HeldClient, HeldReferral
from referrals.api.feedback_views import FeedbackView
from referrals.domain.client import Client, open_fields
from referrals.domain.consent import Consent
from referrals.domain.disclosures import Disclosure
from referrals.domain.feedback import Feedback
from referrals.domain.merge import records_of
from referrals.domain.message import Message
from referrals.domain.referral import Referral
from referrals.domain.retention import periods
from referrals.queries.clients import client_of
from referrals.queries.consents import consents, receipts
from referrals.queries.disclosures import disclosures_of
from referrals.queries.messages import messages_of, opened
from referrals.queries.referrals import referral_view


async def export_of(
    tx: Transaction, vault: Vault, client_id: UUID, organisation: str
) -> ClientExport:
    """Gather all of one's own client, from all records of the person.

    Raises `Missing`, `MergedAway`.
    """
    await client_of(tx, client_id, organisation)
    records = await records_of(tx, client_id)
    client, *merged = [await held(tx, vault, each) for each in records]
    log = await tx.scalars(disclosures_of(records).order_by(Disclosure.place))
    return ClientExport(
        client=client,
        merged=merged,
        referrals=await referrals_of(tx, vault, records, organisation),
        consents=await consents_of(tx, records),
        disclosures=[DisclosureView.of(entry) for entry in log],
        elsewhere=[
            Elsewhere(service=service, path=f"/clients/{client_id}/export")
            for service in sorted({p.service for p in periods() if of_the_person(p.counted_from)})
        ],
    )


async def held(tx: Transaction, vault: Vault, client_id: UUID) -> HeldClient:
    """Gather what one record has of the person."""
    client = await tx.get_one(Client, client_id)
    known = await open_fields(tx, vault, client)
    shown = ClientView.of(client, known, (await records_of(tx, client_id))[1:]).model_dump()
    return HeldClient(**shown, identity_code=known.get("identity_code"))


def of_the_person(counted_from: str) -> bool:
    """Whether a class of data of another service goes with the client's record."""
    return counted_from == "with_client_record"


async def consents_of(tx: Transaction, records: Sequence[UUID]) -> list[ConsentView]:
    """Gather a client's consents, oldest first, with withdrawals and their receipts."""
    found = (await tx.scalars(consents(records).order_by(Consent.id))).all()
    told = await receipts(tx, [consent.id for consent in found])
    return [ConsentView.of(consent, told.get(consent.id, ())) for consent in found]


async def referrals_of(
    tx: Transaction, vault: Vault, records: Sequence[UUID], organisation: str
) -> list[HeldReferral]:
    """Gather a client's referrals, oldest first, each with what was written in it."""
    query = select(Referral).where(Referral.client_id.in_(records)).order_by(Referral.id)
    held = []
    for referral in (await tx.scalars(query)).all():
        view = await referral_view(tx, vault, referral.id, organisation)
        messages = (await tx.scalars(messages_of(referral).order_by(Message.id))).all()
        written = await opened(tx, vault, referral, messages)
        said = await tx.get(Feedback, referral.id)
        key = await key_of(tx, vault, referral.client_id)
        feedback = said and FeedbackView.of(said, key)
        held.append(HeldReferral(**view.model_dump(), messages=written, feedback=feedback))
    return held
