"""Reading referrals: what an organisation sent, or was sent."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing
from kit.vault import DataKey, Vault, key_of
from sqlalchemy import Select, select

from referrals.api.step_views import ReferralRow, ReferralView
from referrals.domain.history import history_of
from referrals.domain.line import place_in_line
from referrals.domain.referral import Referral
from referrals.domain.states import Loop, Phase, Status
from referrals.domain.terms import deadlines_of
from referrals.domain.visit import Visit
from referrals.queries.alternatives import alternatives
from referrals.queries.duplicates import duplicates

Box = Literal["sent", "received"]


async def referral_view(
    tx: Transaction, vault: Vault, referral_id: UUID, organisation: str
) -> ReferralView:
    """Show a referral to its sender, or to its recipient once it was sent. Raises `Missing`."""
    referral = await tx.get(Referral, referral_id)
    if referral is None:
        raise Missing
    referral.roles_of(organisation)
    key = await key_of(tx, vault, referral.client_id)
    history = await history_of(tx, referral_id, key)
    place, deadlines = await place_in_line(tx, referral), await deadlines_of(tx, referral_id)
    view = ReferralView.shown(
        referral, organisation, history, place, deadlines, visit_of(referral, key)
    )
    if organisation == referral.sender:
        return view.model_copy(update=await beside(tx, vault, referral))
    return view


def visit_of(referral: Referral, key: DataKey | None) -> Visit | None:
    """Open the visit that was agreed last. Raises `BrokenSeal` where it was edited."""
    place, sealed = referral.visit_place, referral.visit_place_sealed
    if sealed and key:
        place = key.open(sealed, referral.place_of_visit)
    if referral.visit_at is None or place is None:
        return None
    accompanied = bool(referral.visit_accompanied)
    return Visit(at=referral.visit_at, place=place, accompanied=accompanied)


async def beside(tx: Transaction, vault: Vault, referral: Referral) -> dict[str, Any]:
    """Give what its sender needs beside it: what it doubles, and where else it may go."""
    if referral.status == Status.DRAFT:
        return {"duplicates": await duplicates(tx, referral)}
    if referral.status == Status.REJECTED:
        return {"alternatives": await alternatives(tx, vault, referral)}
    return {}


async def row_of(tx: Transaction, referral_id: UUID, organisation: str) -> ReferralRow:
    """Show a referral as in a list. Raises `Missing`."""
    referral = await tx.get(Referral, referral_id)
    if referral is None:
        raise Missing
    referral.roles_of(organisation)
    return ReferralRow.seen(referral, organisation)


def owned_by(
    organisation: str, owner: str | None, statuses: Sequence[Status] | None
) -> Select[Referral]:
    """Select what an organisation may know, by who is to do it and how far it has come."""
    received = (Referral.recipient == organisation) & Referral.clause.is_not(None)
    query = select(Referral).where((Referral.sender == organisation) | received)
    if owner is not None:
        query = query.where(Referral.recipient == owner)
    return query if statuses is None else query.where(Referral.status.in_(statuses))


def in_box(
    box: Box, organisation: str, status: Status | None, phase: Phase | None, loop: Loop | None
) -> Select[Referral]:
    """Select an organisation's referrals; what is not sent yet is in no recipient's box."""
    query = select(Referral)
    if box == "sent":
        query = query.where(Referral.sender == organisation)
    else:
        query = query.where(Referral.recipient == organisation, Referral.clause.is_not(None))
    axes = ((Referral.status, status), (Referral.phase, phase), (Referral.loop, loop))
    for column, wanted in axes:
        query = query if wanted is None else query.where(column == wanted)
    return query
