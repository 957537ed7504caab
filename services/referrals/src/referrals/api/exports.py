"""All that a list holds, one a line, for whoever asks for `application/x-ndjson`."""

from functools import partial
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Request
from kit.database import Transaction
from kit.pages import Paging
from kit.service import Service
from sqlalchemy import Select

from referrals.api.batch_views import NDJSON
from referrals.api.pages import LoggedPages, Page
from referrals.api.step_views import ReferralRow
from referrals.domain.referral import Referral

LINES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {NDJSON: {"schema": {"$ref": "#/components/schemas/ReferralRow"}}},
        "description": "A page; or all pages, a row on each line, to who accepts "
        f"`{NDJSON}`: an answer that breaks off is not whole",
    }
}


async def wants_lines(accept: Annotated[str, Header(include_in_schema=False)] = "") -> bool:
    """Say whether the caller asks for lines."""
    return NDJSON in accept


Lines = Annotated[bool, Depends(wants_lines)]


async def exported(
    request: Request, tx: Transaction, query: Select[Referral], page: Paging
) -> LoggedPages:
    """Give all that a query finds, `limit` of them read and logged at a time."""
    service: Service = request.app.state.service
    organisation = request.state.caller.organisation

    async def read(tx: Transaction, page: Paging) -> Page:
        rows, after = await page.read(tx, query, Referral.id)
        seen = (ReferralRow.seen(row[0], organisation) for row in rows)
        return "".join(row.model_dump_json() + "\n" for row in seen).encode(), after

    async def read_on(tx: Transaction, after: str) -> Page:
        return await read(tx, page.at(after))

    begin = partial(service.database.begin, caller=organisation)
    return LoggedPages(await read(tx, page), read_on, begin, NDJSON)
