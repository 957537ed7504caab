"""Errors for callers: RFC 9457 problems, with a stable type, never echoing what was sent."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from asyncpg import PostgresError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from kit import tracing
from kit.database import away, dumps
from kit.problem_types import (
    ANSWER_GONE,
    BAD_CURSOR,
    CLIENT_NOT_REGISTERED,
    CONFLICT,
    FAULT,
    FORBIDDEN,
    HTTP,
    IF_MATCH_MISSING,
    ILLEGAL_STEP,
    INVALID,
    KEY_IN_FLIGHT,
    KEY_MISSING,
    KEY_REUSED,
    MALFORMED,
    MISSING,
    STALE,
    TOO_LARGE,
    TOO_MANY,
    TOO_SLOW,
    UNAUTHENTICATED,
    UNAVAILABLE,
    UNKNOWN_CODE,
    UNKNOWN_PARAMETER,
    UNSUPPORTED,
    ProblemType,
)
from kit.texts import Language, preferred


class Problem(Exception):
    """A problem that the edge itself found; `extra` members must not echo what was sent."""

    def __init__(
        self,
        type: ProblemType,  # noqa: A002 (the RFC's own word)
        *,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(type.code)
        self.type = type
        self.headers = dict(headers or {})
        self.extra = extra


class Refusal(Exception):
    """A rule of the domain says no. Each service's table translates its refusals.

    `extra` tells the caller which rule and why: codes of our own, never the caller's input;
    `headers` go with every answer of the kind.
    """

    headers: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def __init__(self, **extra: Any) -> None:
        super().__init__(type(self).__name__)
        self.extra = extra


class Missing(Refusal):
    """There is no such thing, or none for this caller: both answer alike."""


class UnknownCode(Refusal):
    """A code is not in its set; `pointer` says where, `suggestions` what may be meant."""


class IllegalStep(Refusal):
    """The step is not possible now; `legal` lists those that are, for this caller."""


class Stale(Refusal):
    """The thing has another revision than the caller saw."""


KIT_REFUSALS: dict[type[Refusal], ProblemType] = {
    Missing: MISSING,
    UnknownCode: UNKNOWN_CODE,
    Stale: STALE,
    IllegalStep: ILLEGAL_STEP,
}
EDGE = [
    MISSING, INVALID, UNKNOWN_CODE, UNKNOWN_PARAMETER, BAD_CURSOR, UNAUTHENTICATED, FORBIDDEN,
    CLIENT_NOT_REGISTERED, STALE, CONFLICT, IF_MATCH_MISSING, KEY_MISSING, KEY_REUSED,
    KEY_IN_FLIGHT, ANSWER_GONE, TOO_LARGE, FAULT, MALFORMED, TOO_SLOW, UNSUPPORTED,
    TOO_MANY, UNAVAILABLE, HTTP[405],
]  # fmt: skip


class Problems:
    """A service's table of problems: what its refusals become, and the pages that explain them."""

    def __init__(self, public_url: str, refusals: Mapping[type[Refusal], ProblemType]) -> None:
        self._url = public_url
        self._refusals = KIT_REFUSALS | dict(refusals)
        self.types = {t.code: t for t in (*EDGE, *self._refusals.values())}

    def answer(
        self,
        request: Request,
        type: ProblemType,  # noqa: A002 (the RFC's own word)
        extra: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Write a problem in the caller's language."""
        language: Language = preferred(request.headers.get("accept-language"), "en")
        members = {
            "type": f"{self._url}/problems/{type.code}",
            "title": type.title.read(language),
            "status": type.status,
            "detail": type.advice.read(language),
            **extra,
        }
        return Response(
            dumps(members),
            type.status,
            {"Content-Language": language, "Vary": "Accept-Language", **(headers or {})},
            media_type="application/problem+json",
        )

    def translated(self, request: Request, error: Exception) -> Response:
        """Answer an error as if it had left a route; a fault is raised again."""
        for kind in TOLD:
            if isinstance(error, kind):
                return self.answer(request, *TRANSLATIONS[kind](self, error))
        raise error

    def install(self, app: FastAPI) -> None:
        """Translate every error that can leave a route."""

        def handler(translate: Translation) -> Callable[[Request, Any], Awaitable[Response]]:
            async def handle(request: Request, error: Any) -> Response:
                return self.answer(request, *translate(self, error))

            return handle

        for error, translate in TRANSLATIONS.items():
            app.add_exception_handler(error, handler(translate))

    def of(self, refusal: type[Refusal]) -> ProblemType:
        """Look a refusal up in the service's table."""
        return self._refusals[refusal]


Members = Mapping[str, Any]
Answer = tuple[ProblemType, Members, Mapping[str, str] | None]
Translation = Callable[[Problems, Any], Answer]


def database_error(_problems: Problems, error: Exception) -> Answer:
    """Answer 422 where a value does not fit its column (SQLSTATE class 22), 409 where two made the
    same thing at once (23505), and 503 while the database is away; all else is a fault.
    """
    state = str(getattr(getattr(error, "orig", error), "sqlstate", ""))
    if state.startswith("22"):
        return INVALID, {"errors": []}, None
    if state == "23505":
        return CONFLICT, {}, None
    if away(error):
        return UNAVAILABLE, {}, {"Retry-After": "2"}
    raise error


TRANSLATIONS: dict[type[Exception], Translation] = {
    Problem: lambda _, error: (error.type, error.extra, error.headers),
    Refusal: lambda problems, error: (problems.of(type(error)), error.extra, error.headers),
    RequestValidationError: lambda _, error: (INVALID, {"errors": pointers(error)}, None),
    StaleDataError: lambda *_: (STALE, {}, None),
    DBAPIError: database_error,
    PostgresError: database_error,  # of a connection that was never made
    PoolTimeout: database_error,
    OSError: database_error,
    ClientDisconnect: lambda *_: (MALFORMED, {}, None),  # nobody reads it, and it is no fault
    HTTPException: lambda _, error: (HTTP.get(error.status_code, MALFORMED), {}, error.headers),
    Exception: lambda *_: (FAULT, tracing.trace_id(), None),
}
TOLD = tuple(kind for kind in TRANSLATIONS if kind is not Exception)  # all else is a fault


def pointers(error: RequestValidationError) -> list[dict[str, str]]:
    """List what is wrong by JSON pointer, without the values that were sent."""
    return [
        {"pointer": pointer(e["loc"]), "code": e["type"], "message": e["msg"]}
        for e in error.errors()
    ]


def pointer(location: tuple[str | int, ...]) -> str:
    """Write a place in the request: `/body/parties/0`, `/query/limit` (RFC 6901)."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in location)
    return "".join(f"/{step}" for step in steps)
