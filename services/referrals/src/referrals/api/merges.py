"""Two records of one client: parse, call, return."""

from datetime import datetime
from typing import Self
from uuid import UUID

from fastapi import APIRouter
from kit.database import Transaction as Tx
from kit.documents import refuses
from kit.edge import ETag, Expected, Officer, Transaction
from kit.problems import Missing
from kit.vault import KeyDestroyed
from pydantic import BaseModel, ConfigDict, Field

from referrals.api.callers import Writer
from referrals.api.client_views import ClientView
from referrals.api.clients import Keeper, shown
from referrals.api.logged import ClientRoute
from referrals.api.views import Sent
from referrals.commands.merge_clients import MergeClients, Records, merge_clients, undo_merge
from referrals.domain.errors import MergedAway, NotOnePerson

router = APIRouter(route_class=ClientRoute, tags=["clients"])


class NewMerge(Sent):
    """The record that is merged into the one that is kept."""

    with_: UUID = Field(alias="with", description="Another record of the same person")


class StaysView(BaseModel):
    """What came to the kept record while it was both, and stays there when the two part."""

    model_config = ConfigDict(from_attributes=True)

    referrals: list[UUID]
    consents: list[UUID]
    changed: list[str] = Field(description="Fields that were the other's, and were changed since")
    on_others_consent: list[UUID] = Field(
        description="Referrals of the kept record that rest on a consent of the other: whoever "
        "parts the two decides whether these may go on"
    )


class MergeView(BaseModel):
    """The two records as they stand now, the kept one first."""

    kept: UUID
    merged: UUID
    merged_at: datetime | None = Field(description="Null: they are two again")
    stays: StaysView
    items: list[ClientView]
    revision: int = Field(description="Of the kept one")

    @classmethod
    async def of(cls, tx: Tx, keeper: Keeper, records: Records) -> Self:
        """Show both."""
        views = [await shown(tx, keeper, each) for each in (records.kept, records.merged)]
        return cls(
            kept=records.kept.id,
            merged=records.merged.id,
            merged_at=records.merged.merged_at,
            stays=StaysView.model_validate(records.stays),
            items=views,
            revision=records.kept.revision,
        )


@router.post("/clients/{client_id}/merges", status_code=201)
@refuses(Missing, MergedAway, NotOnePerson, KeyDestroyed)
async def merge(
    client_id: UUID,
    body: NewMerge,
    caller: Writer,
    officer: Officer,
    expected: Expected,
    tx: Transaction,
    keeper: Keeper,
    etag: ETag,
) -> MergeView:
    """Merge another record of the same person into this one, which is kept and shows both."""
    command = MergeClients(client_id, body.with_, caller.organisation, officer, expected)
    done = await merge_clients(tx, keeper.vault, command)
    return etag(await MergeView.of(tx, keeper, done))


@router.post("/clients/{client_id}/merges/{merged_id}/undoings", status_code=201)
@refuses(Missing, MergedAway, NotOnePerson, KeyDestroyed)
async def undo(
    client_id: UUID,
    merged_id: UUID,
    caller: Writer,
    officer: Officer,
    expected: Expected,
    tx: Transaction,
    keeper: Keeper,
    etag: ETag,
) -> MergeView:
    """Undo a merge: each record has again what it had; what came since stays with the kept one."""
    command = MergeClients(client_id, merged_id, caller.organisation, officer, expected)
    done = await undo_merge(tx, keeper.vault, command)
    return etag(await MergeView.of(tx, keeper, done))
