"""The feed: what this service said, page by page, for whoever reads on at its own pace."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response, Security
from fastapi.routing import APIRoute

from kit import clock
from kit.clients import admitted
from kit.edge import bearer, lacking, parameters, refuse_unknown_parameters
from kit.events import dumps, enveloped
from kit.memory import Place, Told, beginning, page
from kit.problem_types import BAD_CURSOR
from kit.problems import Problem
from kit.seals import BrokenSeal
from kit.ticks import tick
from kit.tokens import Caller

if TYPE_CHECKING:
    from kit.service import Service

LONGEST_WAIT = 30.0
BATCH = "application/cloudevents-batch+json"

EVENTS_RESPONSE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A CloudEvents batch; `Link` (rel=next) carries the cursor of what follows",
        "content": {BATCH: {"schema": {"type": "array", "items": {"type": "object"}}}},
    }
}


class FeedRoute(APIRoute):
    """A route behind a token that waits: it holds no transaction while it does."""

    def get_route_handler(self) -> Callable[[Request], Any]:
        """Wrap FastAPI's handler with the check of the token."""
        inner = super().get_route_handler()
        known = parameters(self)

        async def handle(request: Request) -> Response:
            service: Service = request.app.state.service
            caller = await service.tokens.caller(request.headers.get("authorization"))
            refuse_unknown_parameters(request, known)
            async with service.database.begin() as tx:
                request.state.caller = await admitted(tx, service.settings.standing, caller)
            return await inner(request)

        return handle


router = APIRouter(route_class=FeedRoute, tags=["feed"])


@router.get(
    "/events",
    summary="What this service said",
    response_class=Response,
    responses=EVENTS_RESPONSE,
    dependencies=[Security(bearer)],
)
async def events(
    request: Request,
    after: Annotated[str | None, Query(max_length=500, description="Cursor of `Link`")] = None,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT, description="Seconds to wait")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """Give the facts after a cursor: all to the estate's services, to a partner its own."""
    service: Service = request.app.state.service
    reader = Reader(service, request.state.caller)
    told, place = await reader.next_page(after, limit, wait)
    source = f"/services/{service.name}"
    link = f'<{service.settings.public_url}/events?after={reader.cursor(place)}>; rel="next"'
    return Response(
        dumps([enveloped(source, fact) for fact in told]),
        media_type=BATCH,
        headers={"Link": link, "Cache-Control": "no-store"},
    )


class Reader:
    """One caller's reading of the feed."""

    def __init__(self, service: "Service", caller: Caller) -> None:
        self._service = service
        self._organisation = audience(service.name, caller)
        self._bound_to = f"events {self._organisation or ''}"

    def cursor(self, place: Place) -> str:
        """Seal a place; it opens for the same reader only."""
        content = orjson.dumps(list(asdict(place).values()))
        return self._service.seal.close_text(content, self._bound_to)

    def _place(self, cursor: str) -> Place:
        try:
            return Place(*orjson.loads(self._service.seal.open_text(cursor, self._bound_to)))
        except BrokenSeal:
            raise Problem(BAD_CURSOR) from None

    async def next_page(
        self, cursor: str | None, limit: int, wait: float
    ) -> tuple[list[Told], Place]:
        """Read the next page; where it would be empty, wait for something to say."""
        place = self._place(cursor) if cursor is not None else None
        deadline = clock.now().timestamp() + wait
        told, place = await self._read(place, limit, fresh=True)
        while not told and not self._service.stopping.is_set():
            rest = deadline - clock.now().timestamp()
            if rest <= 0:
                break
            await self._service.ticker.wait(min(rest, 0.25))
            told, place = await self._read(place, limit, fresh=False)
        return told, place

    async def _read(
        self, place: Place | None, limit: int, *, fresh: bool
    ) -> tuple[list[Told], Place]:
        """Read once. `fresh` ticks first: a page lists all that was committed before it."""
        async with self._service.worker.engine.connect() as connection:
            if fresh:
                await tick(connection)
                await connection.commit()
            start = await beginning(connection)
            place = place if place and place.epoch == start.epoch else start
            while True:
                told, after = await page(connection, place, limit, self._organisation)
                if told or after == place:
                    return told, after
                place = after


def audience(service: str, caller: Caller) -> str | None:
    """Say whose facts a caller reads: all (none named), or those that concern its organisation."""
    if f"{service}:events" in caller.scopes:
        return None
    if f"{service}:read" in caller.scopes:
        return caller.organisation
    raise lacking(caller, f"{service}:read")
