"""What a service's OpenAPI document says beyond what FastAPI knows: keys, revisions, problems."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from kit import edge, problem_types
from kit.edge import PublicRoute, ServiceRoute, dependants, parameters
from kit.idempotency import KEPT_DAYS, KEY_PATTERN
from kit.problem_types import ProblemType
from kit.problems import Problems, Refusal
from kit.revisions import expected_revision, tagger

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

PROBLEM = {
    "type": "object",
    "description": "RFC 9457; `type` is the address of a page that says what to do.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A new random key for each new request. The same key, path, query and body "
    f"again give the same answer, and no second effect, for {KEPT_DAYS} days.",
    "schema": {"type": "string", "pattern": f"^{KEY_PATTERN}$"},
}
KNOWN_REVISION = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of a revision that is known: it is not sent again",
    "schema": {"type": "string"},
}
TAG = {"ETag": {"description": "The revision that is shown", "schema": {"type": "string"}}}


def refuses(*refusals: type[Refusal]) -> Callable[[Endpoint], Endpoint]:
    """Say on a route what the domain may refuse there; what the edge refuses is known."""

    def declare(endpoint: Endpoint) -> Endpoint:
        endpoint.refuses = refusals  # type: ignore[attr-defined]
        return endpoint

    return declare


def document(app: FastAPI, routes: Iterable[APIRoute], problems: Problems) -> None:
    """Let the application's OpenAPI document tell of these routes all that they do."""
    plain, told = app.openapi, list(routes)

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            written = plain()
            schemas = written["components"]["schemas"]
            for misleading in ("HTTPValidationError", "ValidationError"):
                schemas.pop(misleading, None)  # FastAPI's own form of a 422, which is not ours
            schemas["Problem"] = PROBLEM
            for route in told:
                for method in route.methods or ():
                    describe(written["paths"][route.path_format][method.lower()], route, problems)
        return plain()

    app.openapi = openapi  # type: ignore[method-assign]


def describe(operation: dict[str, Any], route: APIRoute, problems: Problems) -> None:
    """Add to one route's description."""
    complete(operation.setdefault("parameters", []), route)
    responses: dict[str, Any] = operation["responses"]
    if takes(route, tagger):
        for shown in (status for status in responses if status.startswith("2")):
            responses[shown]["headers"] = TAG
    declared: tuple[type[Refusal], ...] = getattr(route.endpoint, "refuses", ())
    if isinstance(route, ServiceRoute):
        declared += tuple(route.refuses)
    found = {*found_by_edge(route), *(problems.of(refusal) for refusal in declared)}
    form, statuses = (
        (route.refused_as, route.refused_with)
        if isinstance(route, ServiceRoute)
        else (edge.PROBLEM, {})
    )
    for status in statuses:
        responses.pop(str(status), None)
    for status, kinds in groupby(sorted(found, key=by_status), key=lambda kind: kind.status):
        answer = responses.setdefault(str(statuses.get(status, status)), {})
        tell(answer, list(kinds), *form)


def complete(parameters: list[dict[str, Any]], route: APIRoute) -> None:
    """Add the headers that no function's parameter stands for, and mark what must be there."""
    for parameter in parameters:
        if parameter["name"] == "if-match":
            parameter["required"] = True
    if isinstance(route, ServiceRoute) and route.moves:
        parameters.append(KEY)
    if 304 in route.responses:
        parameters.append(KNOWN_REVISION)


def by_status(kind: ProblemType) -> tuple[int, str]:
    """Order problems as a document lists them."""
    return kind.status, kind.code


def tell(
    response: dict[str, Any], kinds: Sequence[ProblemType], form: str, schema: Mapping[str, Any]
) -> None:
    """Describe the problems of one status."""
    listed = "; ".join(f"`{kind.code}`: {kind.title.read('en')}" for kind in kinds)
    before = response.get("description", "")
    response["description"] = f"{before}; {listed}" if "html" in str(response) else listed
    kept = {k: v for k, v in response.get("content", {}).items() if k != "application/json"}
    response["content"] = kept | {form: {"schema": schema}}
    response["x-problems"] = [kind.code for kind in kinds]


def found_by_edge(route: APIRoute) -> Iterator[ProblemType]:
    """List what the edge itself may find wrong with a request to a route."""
    yield from (problem_types.UNKNOWN_PARAMETER, problem_types.FAULT, problem_types.UNAVAILABLE)
    if route.body_field or any(has_parameters(each) for each in dependants(route)):
        yield problem_types.INVALID
    if "after" in parameters(route):
        yield problem_types.BAD_CURSOR
    if takes(route, expected_revision):
        yield from (problem_types.IF_MATCH_MISSING, problem_types.STALE)
    if not isinstance(route, PublicRoute):
        yield from (problem_types.UNAUTHENTICATED, problem_types.FORBIDDEN)
        yield problem_types.CLIENT_NOT_REGISTERED
    if isinstance(route, ServiceRoute):
        yield from found_by_service_route(route)


def found_by_service_route(route: ServiceRoute) -> Iterator[ProblemType]:
    """List what is found wrong with a body, a key, or two changes at once."""
    if route.moves:
        yield from (problem_types.KEY_MISSING, problem_types.KEY_REUSED)
        yield from (problem_types.KEY_IN_FLIGHT, problem_types.ANSWER_GONE)
    if route.methods != {"GET"}:
        yield problem_types.CONFLICT
    if route.media_types or route.moves:
        yield from (problem_types.TOO_LARGE, problem_types.TOO_SLOW)
    if route.media_types:
        yield from (problem_types.UNSUPPORTED, problem_types.INVALID)
    if "multipart/form-data" in route.media_types:
        yield problem_types.MALFORMED


def has_parameters(dependant: Dependant) -> bool:
    """Whether something is read from the path, the query or the headers."""
    return bool(dependant.path_params or dependant.query_params or dependant.header_params)


def takes(route: APIRoute, dependency: Callable[..., Any]) -> bool:
    """Whether a route stands on a dependency."""
    return any(each.call is dependency for each in dependants(route))
