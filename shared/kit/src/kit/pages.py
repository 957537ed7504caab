"""Lists, a keyset page at a time: no row twice, none missed that was there before the first."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

import orjson
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
        opened: tuple[str, str | None] = ("", None) if after is None else self._opened(after)
        self.of, self._last = opened

    async def read(
        self,
        tx: Transaction,
        query: Select[*tuple[Any, ...]],
        key: InstrumentedAttribute[Any],
        of: str = "",
    ) -> tuple[Sequence[Any], str | None]:
        """Run a query, ordered by a unique key, from the cursor on. Returns rows and `next`.

        The query's first column is an entity or the key itself: its last value makes the cursor.
        `of` names the edition that is listed, where there may be a newer one by the next page:
        that page finds it again in `page.of`.
        """
        if self._last is not None:
            query = query.where(key > key.type.python_type(self._last))
        rows = (await tx.execute(query.order_by(key).limit(self._limit + 1))).all()
        if len(rows) <= self._limit:
            return rows, None
        rows = rows[: self._limit]
        last = getattr(rows[-1][0], key.key, rows[-1][0])
        return rows, self._seal.close_text(orjson.dumps([of, str(last)]), self._bound_to)

    def at(self, after: str) -> "Paging":
        """Give the same list from a cursor of its own on."""
        return Paging(self._seal, self._bound_to, self._limit, after)

    def _opened(self, cursor: str) -> tuple[str, str]:
        try:
            of, last = orjson.loads(self._seal.open_text(cursor, self._bound_to))
        except BrokenSeal:
            raise Problem(BAD_CURSOR) from None
        return of, last


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
