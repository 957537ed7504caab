"""Once: the answer to a POST is stored with its effect, and given again to a repetition."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, astuple, dataclass
from uuid import UUID

import orjson
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import Response

from kit.database import Database, Transaction, hot
from kit.leader import lock_key
from kit.problem_types import ANSWER_GONE, KEY_IN_FLIGHT, KEY_MISSING, KEY_REUSED
from kit.problems import Problem
from kit.seals import BrokenSeal, Seal
from kit.vault import Vault

KEY_PATTERN = "[!-~]{1,128}"
KEPT_DAYS = 7  # longer than any outage that a caller would wait out with a request in hand
FORGET_SECONDS = 3600.0

# One trip. The row is looked for before the lock is had: who finds neither row nor lock taken may
# still come second, which STORE notices.
CLAIM = text("""
    SELECT kept.body_hash, kept.answer, pg_try_advisory_xact_lock(:lock) AS claimed
    FROM (SELECT) AS one LEFT JOIN idempotency AS kept
      ON organisation = :organisation AND route = :route AND key = :key
""")
STORE = """
    INSERT INTO idempotency (organisation, route, key, body_hash, answer, subjects)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING key
"""

# No index by age: each write would pay for it, and one look an hour at a week's answers is cheap.
FORGET = text("DELETE FROM idempotency WHERE created_at < now() - make_interval(days => :days)")


@dataclass(frozen=True)
class Once:
    """One key of one organisation on one route."""

    organisation: str
    route: str
    key: str


def key_of(request: Request) -> str:
    """Read the key. Raises a 400 problem where there is none that can be used."""
    key = request.headers.get("idempotency-key", "")
    if not re.fullmatch(KEY_PATTERN, key):
        raise Problem(KEY_MISSING)
    return key


async def once(
    tx: Transaction,
    seal: Seal,
    closing: Seal | Vault,
    request: Request,
    organisation: str,
    act: Callable[[], Awaitable[Response]],
) -> Response:
    """Act, or give the stored answer. The lock is tried, since waiting would hold a connection.

    By `seal` requests are compared; what `closing` closes are the answers.
    """
    claim = Once(organisation, f"{request.method} {request.url.path}", key_of(request))
    names = astuple(claim)
    kept = (await tx.execute(CLAIM, asdict(claim) | {"lock": lock_key(*names)})).one()
    body_hash = seal.fingerprint(asked(request.url.query, await request.body()))
    if kept.answer is not None:
        if kept.body_hash != body_hash:
            raise Problem(KEY_REUSED)
        return again(closing, kept.answer, claim)
    if not kept.claimed:
        raise Problem(KEY_IN_FLIGHT)
    response = await act()
    packed = pack(response)
    answer, subjects = closing.close(packed, claim.route), told_of(claim.route.encode() + packed)
    if not await hot(tx, STORE, *names, body_hash, answer, subjects):
        raise Problem(KEY_IN_FLIGHT)
    return response


def again(closing: Seal | Vault, kept: bytes, claim: Once) -> Response:
    """Give a stored answer, unless whom it told of was erased, or its master key is gone."""
    try:
        return unpack(closing.open(kept, claim.route))
    except BrokenSeal as error:
        raise Problem(ANSWER_GONE) from error


IDS = re.compile(rb"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


def told_of(answer: bytes) -> list[UUID]:
    """Give every id that an answer, or the path that it answers, names."""
    return [UUID(found.decode()) for found in sorted(set(IDS.findall(answer)))]


def asked(query: str, body: bytes) -> bytes:
    """Write down what a request asks, for comparison; a query holds no line break."""
    return query.encode() + b"\n" + body


def pack(response: Response) -> bytes:
    """Write an answer down."""
    return orjson.dumps(
        {
            "status": response.status_code,
            "headers": {
                name: value for name, value in response.headers.items() if name != "content-length"
            },
            "body": bytes(response.body).decode(),
        }
    )


def unpack(stored: bytes) -> Response:
    """Give the answer that was written down."""
    answer = orjson.loads(stored)
    return Response(answer["body"], answer["status"], answer["headers"])


async def forgetting(database: Database) -> None:
    """Forget the answers that were given more than seven days ago, now and every hour.

    They may hold personal data. Safe from any number of processes.
    """
    while True:
        async with database.begin() as tx:
            await tx.execute(FORGET, {"days": KEPT_DAYS})
        await asyncio.sleep(FORGET_SECONDS)
