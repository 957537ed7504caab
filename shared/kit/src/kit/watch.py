"""Around every request: its span, its place in the numbers, its line in the log.

Pure ASGI and outermost, so that it also sees the answer to a fault. Of a request it notes the
method, the route's template, the status, the time, and the caller's organisation: never the
path, the query, or a body.
"""

import time
from typing import TYPE_CHECKING, Any

import structlog
from fastapi import FastAPI
from opentelemetry.trace import Span
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit import tracing

if TYPE_CHECKING:
    from kit.service import Service

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
UNWATCHED = "/-/"  # asked every few seconds by machines that keep their own count
UNANSWERED = 499  # who asked was gone before the answer

log = structlog.get_logger()


def watched(app: FastAPI, service: "Service") -> None:
    """Watch an application's requests. It goes around the whole stack: middleware that is added
    the usual way runs inside the one that answers to faults, and would not see their answer.
    """
    build = app.build_middleware_stack

    def build_watched() -> ASGIApp:
        return Watch(build(), service)

    app.build_middleware_stack = build_watched  # type: ignore[method-assign]


class Watch:
    """Watches the requests of one service."""

    def __init__(self, app: ASGIApp, service: "Service") -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, and note how."""
        if scope["type"] != "http" or path_of(scope).startswith(UNWATCHED):
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        answer = Answer(send)
        with self._service.tracing.serving(header(scope, b"traceparent")) as span:
            try:
                await self._app(scope, receive, answer.send)
            except Exception as error:
                log.error("request failed", route=route_of(scope), exc_info=error)
                if not answer.whole:
                    raise
            finally:
                self._note(scope, answer.status, time.perf_counter() - began, span)

    def _note(self, scope: Scope, status: int, seconds: float, span: Span) -> None:
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        route = route_of(scope)
        self._service.numbers.request(method, route, status, seconds)
        if span.is_recording():
            describe(span, method, route, status)
        if self._service.settings.access_log:
            caller: Any = scope.get("state", {}).get("caller")
            log.info(
                "request",
                method=method,
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
                organisation=caller.organisation if caller else None,
            )


class Answer:
    """What was sent in answer, as far as it is noted."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = UNANSWERED
        self.whole = False

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.whole = not message.get("more_body", False)
        await self._send(message)


def path_of(scope: Scope) -> str:
    """Give the path within this application."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def route_of(scope: Scope) -> str:
    """Give the template of the route that answered; there are as many as the code has."""
    route: str = getattr(scope.get("route"), "path_format", "")
    return route or "unknown"


def header(scope: Scope, wanted: bytes) -> str | None:
    """Read one header, without reading all the others."""
    for name, value in scope["headers"]:
        if name == wanted:
            return str(value, "latin-1")
    return None


def describe(span: Span, method: str, route: str, status: int) -> None:
    """Name a request's span as OpenTelemetry's conventions for HTTP do."""
    span.update_name(f"{method} {route}")
    span.set_attribute("http.request.method", method)
    span.set_attribute("http.route", route)
    span.set_attribute("http.response.status_code", status)
    if status >= 500:
        tracing.failed(span, str(status))
