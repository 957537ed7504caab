"""Erasing a client, and how long what is kept."""

from uuid import UUID

from fastapi import APIRouter
from kit.documents import refuses
from kit.edge import ServiceRoute, Transaction
from kit.problems import Missing

from referrals.api.callers import Reader, Writer
from referrals.api.erasure_views import ErasureView, NewErasure, RetentionView
from referrals.api.logged import ClientRoute
from referrals.commands.erase_client import EraseClient, erase_client
from referrals.domain.errors import RecordRequired, ReferralsOpen
from referrals.queries.purges import retention_of

router = APIRouter(route_class=ClientRoute, tags=["clients"])
retention_router = APIRouter(route_class=ServiceRoute, tags=["clients"])


@router.post("/clients/{client_id}/erasures", status_code=201)
@refuses(Missing, ReferralsOpen, RecordRequired)
async def erase(client_id: UUID, body: NewErasure, caller: Writer, tx: Transaction) -> ErasureView:
    """Erase one's own client for ever: nothing of the person can be read after it.

    The referrals' codes, that the client was erased, and the disclosure log stay.
    """
    command = EraseClient(client_id, caller.organisation, body.ground)
    return ErasureView.of(await erase_client(tx, command))


@retention_router.get("/retention")
async def retention(caller: Reader, tx: Transaction) -> RetentionView:
    """Show how long each class of data is kept and by which law, what was purged last of one's
    own, and what is due next.
    """
    return await retention_of(tx, caller.organisation)
