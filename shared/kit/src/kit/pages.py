"""Lists, a keyset page at a time: no row twice, none missed that was there before the first."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from kit.database import Transaction
from kit.problem_types import BAD_CURSOR
from kit.problems import Problem
from kit.seals import BrokenSeal, Seal

Item = TypeVar("Item")


class Listing(BaseModel, Generic[Item]):
    """A page of a list; `next` is null on the last one."""

    items: list[Item]
    next: str | None = Field(description="Give it as `after` to get the next page")


class Paging:
    """Which page the caller asks for."""

    def __init__(self, seal: Seal, bound_to: str, limit: int, after: str | None) -> None:
        self._seal = seal
        self._bound_to = bound_to
        self._limit = limit
        self._after = after

    async def read(
        self, tx: Transaction, query: Select[*tuple[Any, ...]], key: InstrumentedAttribute[Any]
    ) -> tuple[Sequence[Any], str | None]:
        """Run a query, ordered by a unique key, from the cursor on. Returns rows and `next`.

        The query's first column is an entity or the key itself: its last value makes the cursor.
        """
        if self._after is not None:
            query = query.where(key > self._opened(key))
        rows = (await tx.execute(query.order_by(key).limit(self._limit + 1))).all()
        if len(rows) <= self._limit:
            return rows, None
        rows = rows[: self._limit]
        last = getattr(rows[-1][0], key.key, rows[-1][0])
        return rows, self._seal.close_text(str(last).encode(), self._bound_to)

    def _opened(self, key: InstrumentedAttribute[Any]) -> Any:
        try:
            value = self._seal.open_text(self._after or "", self._bound_to).decode()
        except BrokenSeal:
            raise Problem(BAD_CURSOR) from None
        return key.type.python_type(value)


async def paging(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=200, description="How many items at most")] = 50,
    after: Annotated[
        str | None, Query(max_length=500, description="`next` of the page before")
    ] = None,
) -> Paging:
    """Read which page is asked for; a cursor holds for this list and this organisation only."""
    caller = getattr(request.state, "caller", None)
    bound_to = f"{request.url.path} {caller.organisation if caller else ''}"
    return Paging(request.app.state.service.seal, bound_to, limit, after)


Page = Annotated[Paging, Depends(paging)]
