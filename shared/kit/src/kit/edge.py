"""The edge: it says who calls, opens the transaction and closes it before the answer leaves."""

from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from fastapi import Depends, Header, Request, Response, Security
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer, SecurityScopes
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clients import admitted
from kit.codes import nearest
from kit.idempotency import once
from kit.problem_types import CLIENT_NOT_REGISTERED, FORBIDDEN, UNKNOWN_PARAMETER
from kit.problems import Problem, Refusal
from kit.requests import BODY, LARGER, MOST_BYTES, StrictRequest, must_be_of
from kit.revisions import UNCHANGED, ETag, Expected, spared
from kit.texts import Language as Code
from kit.texts import preferred
from kit.tokens import Caller

if TYPE_CHECKING:
    from kit.service import Service

PROBLEM = "application/problem+json", {"$ref": "#/components/schemas/Problem"}

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ServiceRoute(APIRoute):
    """A route behind a token: one transaction; a POST acts once for each Idempotency-Key.

    Where a foreign standard has its own manner of refusing, `refused_as` is its form and schema,
    and `refused_with` the statuses that stand for ours.
    """

    refused_as: ClassVar[tuple[str, Mapping[str, Any]]] = PROBLEM
    refused_with: ClassVar[Mapping[int, int]] = {}
    refuses: ClassVar[Sequence[type[Refusal]]] = ()  # what each route of the class may refuse

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler with what every route of a service needs."""
        inner: Handler = super().get_route_handler()
        known, types = parameters(self), self.media_types
        most: int = (self.openapi_extra or {}).get(LARGER, MOST_BYTES)

        async def handle(request: Request) -> Response:
            service: Service = request.app.state.service
            request = StrictRequest(request.scope, request.receive)
            await service.must_be_open()
            request.scope[BODY].most = most
            caller = await service.tokens.caller(request.headers.get("authorization"))
            refuse_unknown_parameters(request, known)
            # Read here: no transaction waits for it, nor does FastAPI call a refusal malformed.
            if (types or self.moves) and await request.body() and types:
                must_be_of(request, types)
            async with service.database.begin(caller=caller.organisation) as tx:
                request.state.tx = tx
                caller = await admitted(tx, service.settings.standing, caller)
                request.state.caller = caller
                await self.enter(request)
                if self.moves:
                    organisation, act = caller.organisation, partial(inner, request)
                    answer = await once(
                        tx, service.seal, service.closing, request, organisation, act
                    )
                else:
                    answer = await inner(request)
                    answer = spared(request, answer) if 304 in self.responses else answer
                await self.leave(request, answer)
            return answer

        return handle

    async def enter(self, request: Request) -> None:
        """Do what must be done before the route acts, in its transaction."""

    async def leave(self, request: Request, answer: Response) -> None:
        """Do what must be done before an answer leaves, in its transaction: where this raises,
        nothing was changed, and nothing leaves. An answer that is given again comes by here too.
        """

    @property
    def media_types(self) -> frozenset[str]:
        """The forms of body that it reads; none where it takes no body."""
        declared = (self.openapi_extra or {}).get("requestBody", {}).get("content")
        return frozenset(declared or ({"application/json"} if self.body_field else ()))

    @property
    def moves(self) -> bool:
        """Whether it is a POST that creates or moves something; one that searches is marked."""
        reads = (self.openapi_extra or {}).get("x-reads", False)
        return "POST" in (self.methods or ()) and not reads


OFFICER = r"[A-Za-z0-9._-]{1,64}"
READS = {"x-reads": True}  # openapi_extra of a POST that only reads


class PublicRoute(APIRoute):
    """A route for everyone: a transaction to read in, no token."""

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler with a transaction."""
        inner: Handler = super().get_route_handler()
        known = parameters(self)

        async def handle(request: Request) -> Response:
            service: Service = request.app.state.service
            refuse_unknown_parameters(request, known)
            async with service.database.begin() as tx:
                request.state.tx = tx
                return await inner(request)

        return handle


def parameters(route: APIRoute) -> frozenset[str]:
    """Give the names of the query parameters that a route knows, its dependencies' included."""
    names: set[str] = set()
    for dependant in dependants(route):
        for field in dependant.query_params:
            model: Any = field.field_info.annotation
            fields = getattr(model, "model_fields", None)
            names.update(fields or [field.alias])
    return frozenset(names)


def dependants(route: APIRoute) -> Iterator[Dependant]:
    """Walk a route and all that it depends on."""
    rest = [route.dependant]
    while rest:
        dependant = rest.pop()
        yield dependant
        rest.extend(dependant.dependencies)


def refuse_unknown_parameters(request: Request, known: frozenset[str]) -> None:
    """Refuse a misspelt filter: it would silently widen the answer."""
    for name in request.query_params:
        if name not in known:
            raise Problem(UNKNOWN_PARAMETER, suggestions=nearest(name, known))


bearer = HTTPBearer(auto_error=False, scheme_name="token", bearerFormat="JWT")


async def caller_with_scopes(
    request: Request, needed: SecurityScopes, _documented: Annotated[object, Security(bearer)]
) -> Caller:
    """Let a caller through that may do all that the route needs."""
    caller: Caller = request.state.caller
    if not caller.scopes.issuperset(needed.scopes):
        raise lacking(caller, needed.scope_str)
    return caller


async def caller_as_granted(
    request: Request, needed: SecurityScopes, _documented: Annotated[object, Security(bearer)]
) -> Caller:
    """Let a caller through whose token has what the route needs, registered or not."""
    caller: Caller = request.state.caller
    if not caller.granted.issuperset(needed.scopes):
        raise lacking(caller, needed.scope_str)
    return caller


def lacking(caller: Caller, scope: str) -> Problem:
    """Make the problem of a caller that may not: its token does not say so, or its client's
    registration does not.
    """
    if scope in caller.granted:
        return Problem(CLIENT_NOT_REGISTERED, scope=scope)
    challenge = f'Bearer error="insufficient_scope", scope="{scope}"'
    return Problem(FORBIDDEN, headers={"WWW-Authenticate": challenge}, scope=scope)


def may(scope: str, *, registered: bool = True) -> Any:
    """Declare the scope that a route needs, for use in `Annotated[Caller, …]`.

    Where it need not be registered, the issuer's word is enough: for what comes before
    registration.
    """
    return Security(caller_with_scopes if registered else caller_as_granted, scopes=[scope])


async def transaction_of(request: Request) -> AsyncSession:
    """Give the request's transaction."""
    tx: AsyncSession = request.state.tx
    return tx


async def language_of(accept_language: Annotated[str | None, Header()] = None) -> Code:
    """Give the language that the caller reads."""
    return preferred(accept_language)


async def officer_of(
    request: Request,
    officer: Annotated[
        str | None,
        Header(
            pattern=f"^{OFFICER}$",
            description="Whom a machine client acts for, by an opaque id",
        ),
    ] = None,
) -> str:
    """Give the person who acts: the one that a machine client names, else the token's subject."""
    caller: Caller = request.state.caller
    return officer or caller.subject


Transaction = Annotated[AsyncSession, Depends(transaction_of)]
Language = Annotated[Code, Depends(language_of)]
Officer = Annotated[str, Depends(officer_of)]

__all__ = [
    "OFFICER", "READS", "UNCHANGED", "ETag", "Expected", "Language", "Officer", "PublicRoute",
    "ServiceRoute", "Transaction", "may",
]  # fmt: skip
