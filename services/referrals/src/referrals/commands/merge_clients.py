"""Merge two records of one client, and undo it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit import clock, ids
from kit.database import Transaction
from kit.outbox import publish
from kit.problems import Missing, Stale
from kit.vault import KeyDestroyed, Vault
from sqlalchemy import select

from referrals.domain.client import Client, close_fields, open_fields
from referrals.domain.consent import Consent
from referrals.domain.errors import MergedAway, NotOnePerson
from referrals.domain.merge import FILLS, ClientMerge, kept_of, records_of
from referrals.domain.referral import Referral


@dataclass(frozen=True)
class MergeClients:
    """`kept` at the revision that was seen; `merged` answers no more for itself."""

    kept: UUID
    merged: UUID
    organisation: str
    officer: str
    expected: int


@dataclass(frozen=True)
class Stays:
    """What came to the kept record while it was both, and stays there when they part."""

    referrals: Sequence[UUID] = ()
    consents: Sequence[UUID] = ()
    changed: Sequence[str] = ()  # fields that were the other's, and were changed since
    on_others_consent: Sequence[UUID] = ()  # referrals that rest on a consent of the other record


@dataclass(frozen=True)
class Records:
    """The two records as they stand now."""

    kept: Client
    merged: Client
    stays: Stays = Stays()


async def merge_clients(tx: Transaction, vault: Vault, command: MergeClients) -> Records:
    """Merge. Raises `Missing`, `Stale`, `MergedAway`, `NotOnePerson`."""
    kept, merged = await both(tx, command)
    for record in (kept, merged):
        if record.merged_at is not None:
            raise MergedAway(kept=str(await kept_of(tx, record.id)))
    must_be_one_person(kept, merged)
    own, others = await open_fields(tx, vault, kept), await open_fields(tx, vault, merged)
    filled: dict[str, str | None] = {f: others[f] for f in FILLS if f in others and f not in own}
    now = clock.now()
    tx.add(
        ClientMerge(
            id=ids.new_id(),
            organisation=kept.organisation,
            kept=kept.id,
            merged=merged.id,
            filled=sorted(filled),
            same_as_before=merged.same_as,
            officer=command.officer,
            merged_at=now,
        )
    )
    if filled:
        await close_fields(tx, vault, kept, filled)
    fact = kept.join(merged.id)
    await publish(tx, kept, fact)
    await publish(tx, merged, merged.merge_into(kept.id, now))
    return Records(kept, merged)


async def undo_merge(tx: Transaction, vault: Vault, command: MergeClients) -> Records:
    """Let each have again what it had before; what came since stays with the one that was kept.

    Raises `Missing`, `Stale`, `MergedAway` where the kept one was merged itself since.
    """
    kept, merged = await both(tx, command)
    if kept.merged_at is not None:
        raise MergedAway(kept=str(await kept_of(tx, kept.id)))
    found = select(ClientMerge).where(
        ClientMerge.kept == kept.id,
        ClientMerge.merged == merged.id,
        ClientMerge.undone_at.is_(None),
    )
    merge = (await tx.scalars(found.with_for_update())).one_or_none()
    if merge is None:
        raise Missing
    stays = await what_stays(tx, vault, merge, kept, merged)
    taken_back = {field: None for field in merge.filled if field not in stays.changed}
    if taken_back:
        await close_fields(tx, vault, kept, taken_back)
    merge.undone_officer, merge.undone_at = command.officer, clock.now()
    await publish(tx, kept, kept.part_from(merged.id))
    await publish(tx, merged, merged.unmerge(kept.id, merge.same_as_before))
    return Records(kept, merged, stays)


async def both(tx: Transaction, command: MergeClients) -> tuple[Client, Client]:
    """Lock the two, always in one order.

    Raises `Missing`, `Stale`, `NotOnePerson`, and `KeyDestroyed` where one was erased.
    """
    if command.kept == command.merged:
        raise NotOnePerson
    found: dict[UUID, Client] = {}
    for each in sorted((command.kept, command.merged)):
        client = await tx.get(Client, each, with_for_update=True, populate_existing=True)
        if client is None or client.organisation != command.organisation:
            raise Missing
        if client.erased_at is not None:
            raise KeyDestroyed
        found[each] = client
    if found[command.kept].revision != command.expected:
        raise Stale
    return found[command.kept], found[command.merged]


def must_be_one_person(kept: Client, merged: Client) -> None:
    """Two identity codes are two persons, and the record that knows who it is, is kept.

    Raises `NotOnePerson`.
    """
    if merged.identity_hash is not None and merged.identity_hash != kept.identity_hash:
        raise NotOnePerson


async def what_stays(
    tx: Transaction, vault: Vault, merge: ClientMerge, kept: Client, merged: Client
) -> Stays:
    """Find what came to the kept record since the merge."""
    own, others = await open_fields(tx, vault, kept), await open_fields(tx, vault, merged)
    theirs = select(Consent.id).where(Consent.client_id.in_(await records_of(tx, merged.id)))
    drafted = select(Referral.id).where(Referral.client_id == kept.id)
    since = drafted.where(Referral.drafted_at >= merge.merged_at)
    given = select(Consent.id).where(
        Consent.client_id == kept.id, Consent.recorded_at >= merge.merged_at
    )
    return Stays(
        referrals=(await tx.scalars(since.order_by(Referral.id))).all(),
        consents=(await tx.scalars(given.order_by(Consent.id))).all(),
        changed=[field for field in merge.filled if own.get(field) != others.get(field)],
        on_others_consent=(
            await tx.scalars(drafted.where(Referral.consent_id.in_(theirs)).order_by(Referral.id))
        ).all(),
    )
