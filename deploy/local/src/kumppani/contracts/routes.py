"""How two OpenAPI documents differ: what each route asks, and what it answers.

All that a client sends with a request is put into one object, its parameters and its bodies, so
that one comparison and one table of rules do for all. Names for generated code (`operationId`,
titles, names of components) are not promised to anyone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kumppani.contracts.rules import Change, Role
from kumppani.contracts.schemas import Difference, Json, Node, differences

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
BODIES = {"application/json": "body", "multipart/form-data": "form"}

Found = Iterator[tuple[Role, Difference]]


@dataclass(frozen=True)
class Route:
    """One route of a document."""

    operation: Json
    parameters: list[Json]
    document: Json

    @property
    def deprecated(self) -> bool:
        """Whether clients are told to stop calling it."""
        return bool(self.operation.get("deprecated", False))

    @property
    def scopes(self) -> set[str]:
        """The scopes that it needs, and `a token` where it needs one at all."""
        asked = [scheme for each in self.operation.get("security", []) for scheme in each.items()]
        return {scope for _, scopes in asked for scope in scopes} | (
            {"a token"} if asked else set()
        )

    @property
    def request(self) -> Node:
        """All that a client sends, as one object."""
        given = [(named(each, n), each) for n, each in enumerate(self.parameters)]
        body = self.operation.get("requestBody", {})
        kinds = {kind_of(kind): about for kind, about in body.get("content", {}).items()}
        required = [name for name, each in given if each.get("required", False)]
        if body.get("required", False) and len(kinds) == 1:
            required += kinds
        fields = {name: schema_of(each) for name, each in given}
        fields |= {name: about.get("schema", {}) for name, about in kinds.items()}
        return self.object(fields, required)

    def answer(self, status: str) -> Node:
        """What comes back with a status, as one object; headers may be missing."""
        answer = self.operation["responses"][status]
        bodies = {
            kind_of(k): about.get("schema", {}) for k, about in answer.get("content", {}).items()
        }
        headers = {f"header {k}": schema_of(each) for k, each in answer.get("headers", {}).items()}
        return self.object(bodies | headers, list(bodies))

    def object(self, fields: Json, required: list[str]) -> Node:
        """Make an object of fields."""
        schema = {"type": "object", "properties": fields, "required": required}
        return Node({**schema, "additionalProperties": False}, self.document)


def named(parameter: Json, number: int) -> str:
    """Name a parameter: by its place where it is a part of the path, whose names mean nothing."""
    if parameter["in"] == "path":
        return f"path part {number + 1}"
    name = parameter["name"]
    return f"{parameter['in']} {name.lower() if parameter['in'] == 'header' else name}"


def schema_of(parameter: Json) -> Json:
    """Give a parameter's schema, and whether it is to go."""
    told = {"deprecated": True} if parameter.get("deprecated", False) else {}
    return {**parameter.get("schema", {}), **told}


def kind_of(media_type: str) -> str:
    """Name a body by its media type."""
    return BODIES.get(media_type, f"body as {media_type}")


def routes_of(document: Json) -> dict[str, Route]:
    """Give a document's routes, by method and path; the names of the path's parts do not count."""
    found = {}
    for path, methods in document["paths"].items():
        for method in METHODS & methods.keys():
            operation = methods[method]
            given = [*methods.get("parameters", []), *operation.get("parameters", [])]
            given.sort(key=lambda each: each["in"] != "path")
            name = f"{method.upper()} {re.sub(r'{[^}]*}', '{}', path)}"
            found[name] = Route(operation, given, document)
    return found


def compared(old: Json, new: Json) -> Iterator[tuple[str, Role, Difference]]:
    """List how a service's routes differ, by route and role."""
    before, now = routes_of(old), routes_of(new)
    for name in sorted(before.keys() | now.keys()):
        for role, difference in of_route(before.get(name), now.get(name)):
            yield name, role, difference


def of_route(old: Route | None, new: Route | None) -> Found:
    """Compare a route with what it was."""
    if new is None and old is not None:
        gone = Change.ROUTE_RETIRED if old.deprecated else Change.ROUTE_REMOVED
        yield Role.REQUEST, Difference("", gone)
    elif old is None:
        yield Role.REQUEST, Difference("", Change.ROUTE_ADDED)
    elif new is not None:
        yield from of_request(old, new)
        yield from of_answers(old, new)


def of_request(old: Route, new: Route) -> Found:
    """Compare what a route asks."""
    for scope in sorted(new.scopes - old.scopes):
        yield Role.REQUEST, Difference("", Change.SCOPE_ADDED, scope)
    for scope in sorted(old.scopes - new.scopes):
        yield Role.REQUEST, Difference("", Change.SCOPE_REMOVED, scope)
    for difference in differences(old.request, new.request):
        yield Role.REQUEST, difference


def of_answers(old: Route, new: Route) -> Found:
    """Compare what a route answers, status by status."""
    before, now = (route.operation["responses"] for route in (old, new))
    for status in sorted(before.keys() | now.keys()):
        if status in before and status in now:
            for each in differences(old.answer(status), new.answer(status), status):
                yield Role.ANSWER, each
        else:
            yield Role.ANSWER, Difference("", of_status(status, now), status)


def of_status(status: str, now: Mapping[str, Any]) -> Change:
    """Say what came or went: a success, or a problem; of 304 only who asks for it hears."""
    if status.startswith(("4", "5")) or status == "304":
        return Change.ERROR_ADDED if status in now else Change.ERROR_REMOVED
    return Change.STATUS_ADDED if status in now else Change.STATUS_REMOVED
