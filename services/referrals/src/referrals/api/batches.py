"""Many referrals in one request: each line is judged alone, and nothing is done twice."""

import json
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from kit.codes import known
from kit.documents import refuses
from kit.edge import Officer, Transaction
from kit.problems import Problem, Problems, Refusal
from kit.requests import parsed
from pydantic import ValidationError
from sharing.codes import NEEDS
from sqlalchemy.exc import DBAPIError

from referrals.api.batch_views import BATCH, MOST_LINES, NDJSON, BatchLine, LineResult
from referrals.api.callers import Writer
from referrals.api.clients import Keeper
from referrals.api.logged import LoggedRoute
from referrals.api.step_views import ReferralRow
from referrals.commands.refer_in_batch import Refer, refer
from referrals.commands.reroute import Destination
from referrals.domain.errors import BatchSize

router = APIRouter(route_class=LoggedRoute, tags=["referrals"])

TOLD = (Problem, Refusal, RequestValidationError, DBAPIError)
LINES: dict[int | str, dict[str, Any]] = {
    200: {"model": LineResult, "content": {NDJSON: {}}, "description": "A result a line"}
}


@router.post("/referrals/batches", response_class=Response, responses=LINES, openapi_extra=BATCH)
@refuses(BatchSize)
async def batch(
    request: Request, caller: Writer, officer: Officer, tx: Transaction, keeper: Keeper
) -> Response:
    """Begin, and where a line says so address and send, up to 1 000 referrals.

    What is wrong with a line is its own. All that is done is done together with the answer: a
    request that was cut off did nothing, and the same key again gives the same answer.
    """
    problems: Problems = request.app.state.problems
    results = []
    for number, line in lines_of(await request.body()):
        try:
            referral = await refer(tx, keeper.vault, command_of(line, caller.organisation, officer))
        except TOLD as error:
            answer = problems.translated(request, error)
            told = json.loads(bytes(answer.body))
            results.append(LineResult(line=number, status=answer.status_code, problem=told))
        else:
            row = ReferralRow.seen(referral, caller.organisation)
            results.append(LineResult(line=number, status=201, referral=row))
    said = [result.model_dump_json(exclude_none=True) + "\n" for result in results]
    return Response("".join(said), media_type=NDJSON)


def lines_of(body: bytes) -> list[tuple[int, bytes]]:
    """Cut a body into its lines, with their numbers. Raises `BatchSize`."""
    numbered = enumerate(body.split(b"\n"), 1)
    lines = [(number, line) for number, line in numbered if line.strip()]
    if not 1 <= len(lines) <= MOST_LINES:
        raise BatchSize(most=MOST_LINES)
    return lines


def command_of(line: bytes, organisation: str, officer: str) -> Refer:
    """Read a line. Raises `RequestValidationError`, `UnknownCode`."""
    sent = read(line)
    need = None if sent.need is None else known(sent.need, NEEDS, "/body/need")
    to = None if sent.to is None else Destination(sent.to.offering, sent.to.recipient)
    return Refer(
        organisation,
        officer,
        sent.client_id,
        need,
        sent.purpose,
        sent.mode,
        sent.urgent,
        to,
        sent.legal_basis,
    )


def read(line: bytes) -> BatchLine:
    """Read a line as strictly as a body. Raises `RequestValidationError`."""
    try:
        return BatchLine.model_validate(parsed(line))
    except json.JSONDecodeError as error:
        wrong = {"type": "json_invalid", "loc": ("body", error.pos), "msg": error.msg}
        raise RequestValidationError([wrong]) from None
    except ValidationError as error:
        raise RequestValidationError(list(within_body(error))) from None


def within_body(error: ValidationError) -> Iterator[dict[str, object]]:
    """Say where in the line it is, as in a body."""
    for each in error.errors(include_input=False, include_url=False):
        yield {**each, "loc": ("body", *each["loc"])}
