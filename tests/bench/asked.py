"""The referrals' service as a process, on a database with referrals that wait for a decision."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kit.migrate import upgrade

from .a_request import ORGANISATION, POOL, REGISTERED, SCOPES, neighbours
from .calls import get
from .facts import connected
from .ground import Ground, server

RECIPIENT = "oulu"

# As the service leaves what was sent: each of a client of its own, with its term, at its desk.
ASKED = """
    WITH made AS (
        INSERT INTO client (id, organisation, statute, registered_at, active_at, revision)
        SELECT uuidv7(), $1, 'employment_services', now(), now(), 1
        FROM generate_series(1, $3::integer) RETURNING id
    ), asked AS (
        INSERT INTO referral
            (id, client_id, sender, recipient, offering, need, purpose, mode, legal_basis,
             agreement, clause, classes, status, loop, responsible, author, urgent, escalated,
             drafted_at, revision)
        SELECT uuidv7(), id, $1, $2, ($4::text[])[1 + n % cardinality($4)], 'career_guidance',
               'client_referral', 'referral', 'statute', 'bench', 'client-referral',
               '{situation}', 'requested',
               'open', $1, 'officer', false, false, now(), 3
        FROM (SELECT id, row_number() OVER ()::integer AS n FROM made) AS numbered
        RETURNING id
    ), due AS (
        INSERT INTO deadline (referral_id, timed, due_at)
        SELECT id, 'decide', now() + $5::interval + row_number() OVER () * $6::interval FROM asked
        RETURNING referral_id, due_at
    )
    INSERT INTO work (referral_id, desk, owner, why, due_at, place)
    SELECT referral_id, 'recipient', $2, 'new', due_at,
           '2' || to_char(extract(epoch FROM due_at), 'FM0000000000000.000') || referral_id
    FROM due
    RETURNING referral_id
"""


@dataclass(frozen=True)
class Asked:
    """The service, and whoever is to decide."""

    ground: Ground
    pid: int
    port: int
    database: str
    token: str

    def get(self, path: str) -> bytes:
        """Write a request of the recipient."""
        return get(path, self.port, self.token)

    async def add(
        self,
        number: int,
        offerings: Sequence[str] = ("none",),
        due: timedelta = timedelta(days=1),
        apart: timedelta = timedelta(seconds=1),
    ) -> list[UUID]:
        """Add referrals, to the offerings in turn; their terms end some time from now, apart."""
        connection = await connected(self.ground, self.database)
        made = await connection.fetch(
            ASKED, ORGANISATION, RECIPIENT, number, list(offerings), due, apart
        )
        await connection.execute("ANALYZE")
        await connection.close()
        return [row["referral_id"] for row in made]


@asynccontextmanager
async def serving(
    ground: Ground, database: str, *statements: str, program: str = "referrals"
) -> AsyncIterator[Asked]:
    """Make a database, change it by the statements, and run the service on it."""
    urls = await asyncio.to_thread(ground.cluster.provision, database)
    await upgrade("referrals", urls.owner)
    connection = await connected(ground, database)
    await connection.execute(REGISTERED, RECIPIENT, list(SCOPES))
    for statement in statements:
        await connection.execute(statement)
    await connection.close()
    async with neighbours(ground) as others:
        feeds = {name: f"http://127.0.0.1:{others}/{name}" for name in ("partners", "assessments")}
        settings = ground.environment(
            "referrals", urls, others, feeds=json.dumps(feeds), pool_size=str(POOL)
        )
        async with server("-m", program, "serve", "--tied", environment=settings) as (pid, port):
            token = ground.issuer.token(RECIPIENT, list(SCOPES))
            yield Asked(ground, pid, port, database, token)
