"""How somebody is erased here: on request, when time is over, or after a restore."""

from collections.abc import Sequence
from uuid import UUID

from kit.database import Transaction, hot
from kit.erasures import Erasing, Erasure, forget_answers
from kit.outbox import publish
from kit.vault import destroy_key
from sqlalchemy import select

from referrals.domain.client import Client
from referrals.domain.grounds import Ground
from referrals.domain.history import Act, note
from referrals.domain.merge import all_records_of
from referrals.domain.referral import Referral
from referrals.domain.states import Role

# What was written about the person, in the order in which one row refers to another.
TEXTS = (
    "DELETE FROM attachment WHERE referral_id = ANY($1)",
    "DELETE FROM message WHERE referral_id = ANY($1)",
    "DELETE FROM content WHERE referral_id = ANY($1)",
)
NOTES = (
    "UPDATE history SET note = NULL, note_sealed = NULL WHERE referral_id = ANY($1)",
    "UPDATE feedback SET text_sealed = NULL WHERE referral_id = ANY($1)",
)


async def person(tx: Transaction, client_id: UUID) -> tuple[list[Client], list[Referral]]:
    """Lock all records of a person, and their referrals; also one that is merged meanwhile."""
    held: list[Client] = []
    while ids := await all_records_of(tx, client_id):
        if set(ids) <= {each.id for each in held}:
            break
        held, referrals = await locked(tx, ids)
    return (held, referrals) if held else ([], [])


async def locked(tx: Transaction, ids: Sequence[UUID]) -> tuple[list[Client], list[Referral]]:
    """Lock records and all of their referrals: these first, as every step does.

    A referral that is begun meanwhile is locked as well, since nothing else can be begun for the
    client from then on.
    """
    await referrals_of(tx, ids)
    query = select(Client).where(Client.id.in_(ids)).order_by(Client.id)
    again = query.with_for_update().execution_options(populate_existing=True)
    return list((await tx.scalars(again)).all()), await referrals_of(tx, ids)


async def referrals_of(tx: Transaction, ids: Sequence[UUID]) -> list[Referral]:
    """Lock the referrals of some records, in one order."""
    query = select(Referral).where(Referral.client_id.in_(ids))
    ordered = query.order_by(Referral.offering, Referral.id).with_for_update()
    return list((await tx.scalars(ordered.execution_options(populate_existing=True))).all())


async def erase(
    tx: Transaction, client: Client, referrals: Sequence[Referral], erasure: Erasure
) -> None:
    """Destroy the client's key, forget the person, and say so of client and referrals."""
    own = [referral for referral in referrals if referral.client_id == client.id]
    ids = [referral.id for referral in own]
    await destroy_key(tx, client.id, client.organisation)
    for statement in (*TEXTS, *NOTES):
        await hot(tx, statement, ids)
    await forget_answers(tx, [client.id, *ids])
    await publish(tx, client, client.erase(Ground(erasure.ground), erasure.at))
    for referral in own:
        await publish(tx, referral, referral.erase(erasure.at))
        act = Act("erase", client.organisation, "system", Role.SYSTEM, erasure.ground)
        await note(tx, referral.id, referral.revision, act)


async def erase_again(tx: Transaction, erasure: Erasure) -> None:
    """Erase whom a restored backup brought back, whatever was open then."""
    records, referrals = await locked(tx, [erasure.subject])
    for record in records:
        if record.erased_at is None:
            await erase(tx, record, referrals, erasure)


async def erased(tx: Transaction) -> list[Erasure]:
    """List who was erased."""
    query = select(Client).where(Client.erased_at.is_not(None))
    return [
        Erasure(client.id, client.organisation, str(client.erased_ground), client.erased_at)
        for client in await tx.scalars(query)
        if client.erased_at is not None
    ]


ERASING = Erasing(erase_again, erased)
