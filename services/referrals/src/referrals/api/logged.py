"""The routes whose answers tell of clients: each is in the disclosure log before it leaves."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

import orjson
from fastapi import Request, Response
from kit import clock
from kit.database import Transaction
from kit.edge import OFFICER, ServiceRoute
from kit.problems import Refusal
from kit.tokens import Caller
from sharing.codes import DataClass
from starlette.datastructures import Headers

from referrals.api.pages import LoggedPages
from referrals.domain.contact import LIMIT
from referrals.domain.data_classes import classes_in, clients_in, referrals_in
from referrals.domain.disclosures import Entry, NotLogged, log_clients, log_referrals
from referrals.domain.errors import OutOfContact
from referrals.settings import Settings

BAD = 300
Found = Iterable[tuple[UUID, Any]]


class LoggedRoute(ServiceRoute):
    """A route whose answers tell of referrals: to others in contact with partners only."""

    refuses: ClassVar[Sequence[type[Refusal]]] = (OutOfContact,)

    async def enter(self, request: Request) -> None:
        """Say how long without contact is too long."""
        settings: Settings = request.app.state.service.settings
        request.state.tx.info[LIMIT] = timedelta(hours=settings.contact_hours)

    async def leave(self, request: Request, answer: Response) -> None:
        """Write down whom the answer tells of, and which classes of data.

        Raises `NotLogged`, `OutOfContact`.
        """
        about, sent = self.about(request), classes_in(await self.sent(request))
        content = documents(answer.headers, shown(answer))
        entries = told(content, about, sent, referrals_in)
        named = request.path_params.get("referral_id")
        if named and answer.status_code < BAD:  # whatever else it shows, it is of this one
            classes = {DataClass.SITUATION, *sent, *classes_in(content)}
            entries[UUID(named)] = about | {"classes": sorted(classes)}
        await log_referrals(request.state.tx, entries)
        if isinstance(answer, LoggedPages):
            answer.log = partial(log_page, about, answer.headers, request.state.tx.info[LIMIT])

    async def sent(self, request: Request) -> list[Any]:
        """Give what was sent."""
        return documents(request.headers, await request.body())

    def about(self, request: Request) -> dict[str, Any]:
        """Say who does what, and when."""
        caller: Caller = request.state.caller
        officer = request.headers.get("officer", "")
        reads = request.method == "GET" or (self.openapi_extra or {}).get("x-reads", False)
        return {
            "at": clock.now(),
            "organisation": caller.organisation,
            "officer": officer if re.fullmatch(OFFICER, officer) else caller.subject,
            "action": "read" if reads else "write",
            "request": f"{request.method} {self.path}",
        }


class ClientRoute(LoggedRoute):
    """A route whose answers tell of clients themselves, to the organisation whose they are."""

    refuses: ClassVar[Sequence[type[Refusal]]] = ()

    async def leave(self, request: Request, answer: Response) -> None:
        """Write down whom the answer tells of. Raises `NotLogged`."""
        sent = classes_in(await self.sent(request))
        content = documents(answer.headers, shown(answer))
        entries = told(content, self.about(request), sent, clients_in)
        await log_clients(request.state.tx, entries)


class LogRoute(ClientRoute):
    """A route to the log itself: reading it is in it once, or no page would be the last."""

    async def leave(self, request: Request, answer: Response) -> None:
        """Write down that the log is read, at its first page. Raises `NotLogged`."""
        if "after" not in request.query_params:
            await super().leave(request, answer)


def told(
    content: Iterable[Any], about: Entry, sent: set[DataClass], find: Callable[[Any], Found]
) -> dict[UUID, dict[str, Any]]:
    """Give an entry for each that is told of; what was sent counts with it."""
    classes: dict[UUID, set[DataClass]] = {}
    for document in content:
        for named, view in find(document):
            classes.setdefault(named, set(sent)).update(classes_in(view))
    return {named: {**about, "classes": sorted(found)} for named, found in classes.items()}


async def log_page(
    about: Entry, headers: Headers, limit: timedelta, tx: Transaction, content: bytes
) -> None:
    """Write down whom a further page tells of. Raises `NotLogged`, `OutOfContact`."""
    tx.info[LIMIT] = limit
    await log_referrals(tx, told(documents(headers, content), about, set(), referrals_in))


def shown(answer: Response) -> bytes:
    """Give what an answer tells. Raises `NotLogged` where nobody can know before it has left."""
    if isinstance(answer, LoggedPages):
        return answer.first
    if not hasattr(answer, "body"):
        raise NotLogged
    return bytes(answer.body)


def documents(headers: Headers, content: bytes) -> list[Any]:
    """Read JSON, or a document on each line; what is neither tells nothing by its fields."""
    kind = headers.get("content-type", "")
    if "ndjson" in kind:
        return list(readable(content.split(b"\n")))
    return [orjson.loads(content)] if content and "json" in kind else []


def readable(lines: Iterable[bytes]) -> Iterator[Any]:
    """Read the lines that can be read; the others were refused."""
    for line in lines:
        with suppress(orjson.JSONDecodeError):
            yield orjson.loads(line)
