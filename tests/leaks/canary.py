"""Canaries: a string of its own in each text of each body that the owner sends."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from httpx import AsyncClient, Response
from kit.testing import Harness

from ..edge.calls import ME
from ..edge.walk import JSON, Route, routes

NAMES = (
    "code",
    "id",
    "version",
    "uri",
    "fields",
    "type",
    "need",
)  # what names a thing, and is in facts as such
TRIES = 4


class Sowing:
    """Writes canaries into what the employment office sends to a service."""

    def __init__(self, service: Harness) -> None:
        self.routes = routes(service)
        self.definitions: dict[str, Any] = service.app.openapi()["components"]["schemas"]
        self.sown: dict[str, tuple[Route, str]] = {}  # all that were sent, refused ones as well
        self.kept: set[str] = set()  # those that were in a body that was taken

    def caller(self, who: AsyncClient) -> AsyncClient:
        """Let a caller send canaries; where they are refused, what it wanted to send."""
        plain = who.request

        async def request(method: Any, url: Any, **given: Any) -> Response:
            route = self.route_of(str(method), str(url))
            body = given.get("json")
            if route is None or not isinstance(body, dict):
                return await plain(method, url, **given)
            for refused in await self.refusals(plain, route, str(url), given):
                if isinstance(refused, Response):
                    return refused
            return await plain(method, url, **given)

        who.request = request  # type: ignore[method-assign]
        return who

    async def refusals(
        self, plain: Any, route: Route, url: str, given: Mapping[str, Any]
    ) -> list[Response | None]:
        """Send a body with canaries, leaving out what is refused; give the answer that took it."""
        kept_out: set[str] = set()
        for _ in range(TRIES):
            before = len(self.sown)
            schema = route.about["requestBody"]["content"][JSON]["schema"]
            body = self.filled(route, schema, given["json"], "/body", kept_out)
            birds = list(self.sown)[before:]
            if not birds:
                return []
            answer: Response = await plain(route.method, url, **{**given, "json": body})
            if answer.is_success:
                self.kept |= set(birds)
                return [answer]
            told = answer.json()
            wrong = {e["pointer"] for e in told.get("errors", [])} | {told.get("pointer")}
            if not wrong - {None}:
                return []
            kept_out |= {str(each) for each in wrong}
        return []

    def route_of(self, method: str, url: str) -> Route | None:
        """Find the route of a call that takes JSON."""
        for route in sorted(self.routes, key=lambda route: route.path.count("{")):
            meant = re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", route.path), url)
            forms = route.about.get("requestBody", {}).get("content", {})
            if meant and route.method == method and JSON in forms:
                return route
        return None

    def filled(
        self, route: Route, schema: Mapping[str, Any], given: Any, at: str, kept_out: set[str]
    ) -> Any:
        """Write a body: a canary in each text, and all else as it was given."""
        if not isinstance(given, dict) and left_out(at, given, kept_out):
            return given
        if "$ref" in schema:
            schema = self.definitions[schema["$ref"].rpartition("/")[2]]
        for option in schema.get("anyOf", []):
            found = self.filled(route, option, given, at, kept_out)
            if found != given:
                return found
        if is_text(schema, at):
            return self.written(route, at, str(given))
        if isinstance(given, dict):
            parts = schema.get("properties") or dict.fromkeys(
                given, schema.get("additionalProperties") or {}
            )
            new = {
                name: self.filled(
                    route, part if isinstance(part, dict) else {}, given.get(name),
                    f"{at}/{name}", kept_out,
                )
                for name, part in parts.items()
            }  # fmt: skip
            return given | {k: v for k, v in new.items() if v is not None or k in given}
        if isinstance(given, list):
            each = schema.get("items", {})
            return [
                self.filled(route, each, item, f"{at}/{number}", kept_out)
                for number, item in enumerate(given)
            ]
        return given

    def written(self, route: Route, at: str, given: str) -> str:
        """Give a string that is nowhere else; a file and its name stay what they were."""
        bird = f"kanaria{len(self.sown):08}x"
        self.sown[bird] = route, at
        if at.endswith("/content"):
            return b64encode(bird.encode()).decode()
        return bird + PurePath(given).suffix


def left_out(at: str, given: Any, refused: set[str]) -> bool:
    """Say whether a field was refused, or was added to what was refused as a whole."""
    beside = any(at.startswith(f"{each}/") or each.startswith(f"{at}/") for each in refused)
    return at in refused or (given is None and beside)


def is_text(schema: Mapping[str, Any], at: str) -> bool:
    """Say whether a field takes whatever somebody writes."""
    bound = {"enum", "const", "format", "pattern"} & set(schema)
    named = at.rpartition("/")[2]
    return schema.get("type") == "string" and not bound and not named.endswith(NAMES)


@contextmanager
def sowing(service: Harness) -> Iterator[Sowing]:
    """Let all that the employment office sends carry canaries."""
    sows, plain = Sowing(service), service.caller

    def caller(organisation: str, *scopes: str, **more: Any) -> AsyncClient:
        who = plain(organisation, *scopes, **more)
        return sows.caller(who) if organisation == ME else who

    service.caller = caller  # type: ignore[method-assign]
    yield sows
    service.caller = plain  # type: ignore[method-assign]
