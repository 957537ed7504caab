"""The walking: every route of every service, by its OpenAPI document, and a valid call of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import orjson
from httpx import AsyncClient, Response
from kit.testing import Harness

from .calls import CALLS, ME, Call

# The directory in a foreign standard, which is open.
HSDS = (
    "", "services", "services/{id}", "service_at_locations", "service_at_locations/{id}",
    "organizations", "organizations/{id}", "taxonomies", "taxonomies/{id}", "taxonomy_terms",
    "taxonomy_terms/{id}",
)  # fmt: skip

# Routes for everyone; a route that is not here needs a token.
PUBLIC: frozenset[tuple[str, str]] = frozenset(
    {
        ("GET", "/"),
        ("GET", "/dashboard/{code}"),
        ("GET", "/dashboard/static/{name}"),
        *(("GET", f"/hsds/{path}") for path in HSDS),
    }
)


# A standard's own manners of paging and refusing, which its own tests know (services/referrals).
FHIR = ("/fhir/ServiceRequest/{id}", "/fhir/Task/{id}", "/fhir/Task")

JSON = "application/json"


@dataclass(frozen=True)
class Route:
    """A row of a service's OpenAPI document."""

    service: str
    method: str
    path: str
    about: dict[str, Any] = field(repr=False, compare=False)

    @property
    def named(self) -> tuple[str, str, str]:
        """The name by which tables know it."""
        return self.service, self.method, self.path

    @property
    def public(self) -> bool:
        """Whether it asks for no token."""
        return (self.method, self.path) in PUBLIC

    @property
    def somewhere(self) -> str:
        """Its path, with ids of nothing."""
        return re.sub(r"\{[^}]+\}", str(uuid4()), self.path)

    @property
    def moves(self) -> bool:
        """Whether it is a POST that creates or moves something."""
        return self.method == "POST" and not self.about.get("x-reads")

    @property
    def form(self) -> str:
        """The form of the body that it reads, as far as it is one only."""
        forms = self.about.get("requestBody", {}).get("content", {})
        return JSON if JSON in forms or not forms else next(iter(forms))

    def parameters(self, place: str) -> dict[str, dict[str, Any]]:
        """Its parameters in the path, the query or the headers, by name."""
        return {p["name"]: p for p in self.about.get("parameters", []) if p["in"] == place}


def routes(service: Harness) -> list[Route]:
    """List all routes of a service."""
    paths = service.app.openapi()["paths"]
    return [
        Route(service.service.name, method.upper(), path, about)
        for path, methods in paths.items()
        for method, about in methods.items()
    ]


def ours(service: Harness) -> Iterator[Route]:
    """Walk the routes that refuse in our own manner."""
    return (route for route in routes(service) if route.path not in FHIR)


def guarded(service: Harness) -> Iterator[Route]:
    """Walk the routes that need a token, and refuse in our own manner."""
    return (route for route in ours(service) if not route.public)


def scopes_of(name: str) -> list[str]:
    """List all scopes that an organisation's callers can have in a service."""
    return [f"{name}:read", f"{name}:write", "partners:coordinate", "partners:administer"]


def everything(service: Harness, organisation: str = ME) -> AsyncClient:
    """Call as an organisation with all scopes that organisations can have."""
    name = service.service.name
    return service.caller(organisation, *scopes_of(name))


async def valid(service: Harness, route: Route) -> Call:
    """Make a valid call of a route, and all that it stands on."""
    make = CALLS.get(route.named)
    needed = route.method != "GET" or "{" in route.path
    assert make or not needed, f"tests/edge/calls.py has no valid call of {route.named}"
    return await make(everything(service)) if make else Call(route.path)


async def send(who: AsyncClient, route: Route, call: Call, **changes: Any) -> Response:
    """Make a call, with some changes."""
    headers = {"If-Match": call.etag} if call.etag else {}
    body: dict[str, Any] = {} if call.json is None else {"json": call.json}
    given = {"params": call.query, **body, **changes}
    if route.form != JSON and given.get("json") is not None:  # a document on one line
        given["content"] = orjson.dumps(given.pop("json"))
        headers["Content-Type"] = route.form
    given["headers"] = headers | changes.get("headers", {})
    return await who.request(route.method, call.path, **given)
