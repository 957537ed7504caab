"""Answers of many pages, each of which is in the disclosure log before it leaves."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from fastapi.responses import StreamingResponse
from kit.database import Transaction

from referrals.domain.disclosures import NotLogged

Page = tuple[bytes, str | None]  # what it tells, and where the next one begins
Read = Callable[[Transaction, str], Awaitable[Page]]
Begin = Callable[[], AbstractAsyncContextManager[Transaction]]


class LoggedPages(StreamingResponse):
    """The first page is read and logged with the request.

    Each further one is read in a transaction of its own, which is committed with its entries
    before the page leaves. Where that fails, the answer breaks off before its end, so that
    its reader sees that it is not whole.
    """

    def __init__(self, first: Page, read: Read, begin: Begin, media_type: str) -> None:
        self.first, self._after = first
        self._read, self._begin = read, begin
        self.log: Callable[[Transaction, bytes], Awaitable[None]] | None = None
        super().__init__(self._pages(), media_type=media_type)

    async def _pages(self) -> AsyncIterator[bytes]:
        yield self.first
        while self._after is not None:
            if self.log is None:
                raise NotLogged
            async with self._begin() as tx:
                content, self._after = await self._read(tx, self._after)
                await self.log(tx, content)
            yield content
