"""Pass a client to the successor in a task, with all that goes with the client."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from kit import clock
from kit.database import Transaction, hot
from kit.erasures import forget_answers
from kit.outbox import publish
from sharing.codes import DataClass
from sqlalchemy import or_, select

from referrals.commands.pass_referral import logged, stand_in
from referrals.domain.client import FIELDS, Client
from referrals.domain.consent import Consent
from referrals.domain.disclosures import log_clients
from referrals.domain.handover import Handover
from referrals.domain.referral import Referral
from referrals.domain.succession import goes_on_under

# The client, and the giver's other records of the same person, each after the one that it is
# known to be the same as.
RECORDS: Final = """
    WITH RECURSIVE record AS (
        SELECT id, 0 AS depth FROM client WHERE id = $1
        UNION ALL
        SELECT c.id, depth + 1 FROM client c JOIN record r ON c.same_as = r.id
    )
    SELECT id FROM record ORDER BY depth, id
"""
# A key closes for its client, whoever's that is; what comes into the log is the successor's.
KEY: Final = "UPDATE data_key SET organisation = $2 WHERE subject = $1"
HEAD: Final = "UPDATE disclosure_head SET organisation = $2 WHERE client_id = $1"


async def pass_client(
    tx: Transaction, handover: Handover, client_id: UUID, at: datetime
) -> tuple[bool, bool]:
    """Pass a client; say whether it was still the giver's, and whether the successor knows the
    person already: then the two records stand beside one another, to be merged.

    Referrals are locked first, as every step locks them, and looked at again under the client's
    lock, since one may have been drafted meanwhile.
    """
    records = [row["id"] for row in await hot(tx, RECORDS, client_id)]
    await referrals_of(tx, records)
    clients = [await locked(tx, each) for each in records]
    if not clients or clients[0].organisation != handover.giver or clients[0].same_as:
        return False, False
    referrals = await referrals_of(tx, records)
    held = select(Consent).where(Consent.client_id.in_(records)).order_by(Consent.id)
    consents = (await tx.scalars(held.with_for_update())).all()
    twin = await known_as(tx, clients[0], handover.receiver)
    for client in clients:
        await move(tx, handover, client, twin if client is clients[0] else client.same_as)
    for consent in consents:
        await publish(tx, consent, consent.pass_to(handover.receiver, handover.id))
    for referral in referrals:
        await stand_in(tx, handover, referral, of_client=True)
    about = {each.id: logged(handover, at) | {"classes": told_of(each)} for each in clients}
    await forget_answers(tx, [*records, *(each.id for each in referrals)])
    await log_clients(tx, about)
    return True, twin is not None


async def move(tx: Transaction, handover: Handover, client: Client, same_as: UUID | None) -> None:
    """Let a record be the successor's; its parts' references follow by themselves."""
    fact = client.pass_to(
        handover.receiver,
        statute=goes_on_under(client.statute, clock.today()),
        same_as=same_as,
        handover_id=handover.id,
    )
    await publish(tx, client, fact)
    for statement in (KEY, HEAD):
        await hot(tx, statement, client.id, handover.receiver)


async def referrals_of(tx: Transaction, clients: Sequence[UUID]) -> Sequence[Referral]:
    """Lock all referrals of some clients, always in one order."""
    found = select(Referral).where(Referral.client_id.in_(clients))
    query = found.order_by(Referral.offering, Referral.id).with_for_update()
    return (await tx.scalars(query.execution_options(populate_existing=True))).all()


async def locked(tx: Transaction, client_id: UUID) -> Client:
    """Lock a record of a client."""
    return await tx.get_one(Client, client_id, with_for_update=True, populate_existing=True)


async def known_as(tx: Transaction, client: Client, organisation: str) -> UUID | None:
    """Find the record under which an organisation knows the same person already."""
    hashes = [
        (column == value)
        for column, value in (
            (Client.identity_hash, client.identity_hash),
            (Client.pseudonym_hash, client.pseudonym_hash),
        )
        if value is not None
    ]
    if not hashes:
        return None
    own = select(Client.id).where(
        Client.organisation == organisation,
        Client.same_as.is_(None) | Client.merged_at.is_not(None),
    )
    return (await tx.scalars(own.where(or_(*hashes)).limit(1))).first()


def told_of(client: Client) -> list[DataClass]:
    """Say which classes of data went over: what is kept of the person, and the referrals."""
    kept = {data for field, data in FIELDS.items() if getattr(client, f"{field}_sealed")}
    return sorted(kept | {DataClass.SITUATION})
