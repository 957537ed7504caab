"""For operators: is it alive, is it ready, what are its numbers; and a page for each problem."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from asyncpg import PostgresError
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import State

from kit.problems import Missing, Problem, Problems
from kit.texts import preferred

if TYPE_CHECKING:
    from kit.service import Role, Service

router = APIRouter(include_in_schema=False)


@router.get("/-/live")
async def live() -> PlainTextResponse:
    """Answer as long as the event loop turns."""
    return PlainTextResponse("live\n")


@router.get("/-/ready")
async def ready(request: Request) -> PlainTextResponse:
    """Answer 200 while requests can be answered: the database is there and nobody stops us."""
    service: Service = request.app.state.service
    if service.stopping.is_set():
        return PlainTextResponse("stopping\n", 503)
    try:
        async with service.database.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        await service.must_be_open()
    except Problem:
        return PlainTextResponse("the book of erasures is not this database's\n", 503)
    except (SQLAlchemyError, PostgresError, OSError):
        return PlainTextResponse("no database\n", 503)
    return PlainTextResponse("ready\n")


@router.get("/-/metrics")
async def metrics(request: Request) -> Response:
    """Give the service's numbers, as this process knows them, in Prometheus's format."""
    service: Service = request.app.state.service
    await service.gauges.refresh()
    return Response(service.numbers.text(), media_type=CONTENT_TYPE_LATEST)


def application(state: State, *roles: "Role") -> FastAPI:
    """Make the application of a process that works, and answers nobody but operators."""
    service: Service = state.service

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            async with service.working(*roles):
                yield
        finally:
            await service.close()

    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.state = state
    app.include_router(router)
    return app


PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<body style="font:1.1rem/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem">
<h1>{title}</h1><p>{advice}</p><p>HTTP {status} · <code>{code}</code></p></body></html>"""


@router.get("/problems/{code}")
async def problem(request: Request, code: str) -> HTMLResponse:
    """Explain a type of problem, and what to do about it."""
    problems: Problems = request.app.state.problems
    found = problems.types.get(code)
    if found is None:
        raise Missing
    language = preferred(request.headers.get("accept-language"))
    page = PAGE.format(
        language=language,
        title=found.title.read(language),
        advice=found.advice.read(language),
        status=found.status,
        code=found.code,
    )
    return HTMLResponse(page, headers={"Content-Language": language})
