"""(d) From a fact's commit to its being visible in the metrics' projection, in real processes."""

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from uuid import UUID, uuid4

from kit.embedded import Urls
from kit.migrate import upgrade
from sqlalchemy import make_url

from .a_request import CLIENT, ORGANISATION, REGISTERED, SCOPES, neighbours
from .facts import connected
from .ground import Ground, server
from .load import length
from .rounds import Figures, interleaved
from .table import Line

RATE = 200  # facts each second
CONNECTIONS = 16
RECIPIENT = "oulu"
P50, P99 = "ms p50", "ms p99"

AGREEMENT = {
    "code": "bench", "revision": 1, "parties": [ORGANISATION, RECIPIENT],
    "signed_by": [ORGANISATION, RECIPIENT], "valid_from": "2020-01-01", "valid_until": "2099-12-31",
    "sharing": [
        {
            "code": "client-referral", "purpose": "client_referral", "data_classes": ["situation"],
            "from": "all", "to": "all",
        }
    ],
}  # fmt: skip

DRAFTS = """
    INSERT INTO referral
        (id, client_id, sender, recipient, purpose, mode, status, loop, responsible, author,
         urgent, escalated, drafted_at, revision)
    SELECT uuidv7(), $1, $2, $3, 'client_referral', 'referral', 'draft', 'open', $2, 'officer',
           false, false, now(), 2
    FROM generate_series(1, $4)
    RETURNING id
"""

# What a draft's two steps have said; metrics only moves its watermarks by them.
SAID = """
    INSERT INTO outbox
        (event_id, epoch, type, subject, sequence, concerns, headers, data, occurred_at)
    SELECT uuidv7(), 1, 'referrals.referral.' || (ARRAY['drafted', 'addressed'])[step] || '.v1',
           'referrals/' || id, step, ARRAY[sender], '{}',
           jsonb_build_object('referral_id', id, 'sender', sender, 'recipient', recipient), now()
    FROM unnest($1::uuid[]) AS new (id) JOIN referral USING (id), generate_series(1, 2) AS step
"""

SENT = """
    SELECT substr(subject, 11)::uuid AS id,
           extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 AS at
    FROM outbox WHERE subject = ANY ($1::text[]) AND sequence = 3
"""

SEEN = """
    SELECT referral_id AS id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 AS at
    FROM course WHERE referral_id = ANY ($1::uuid[])
"""


@dataclass(frozen=True)
class Pair:
    """Referrals, which speaks, and metrics, which hears it; each a process."""

    ground: Ground
    port: int
    token: str
    client: UUID
    referrals: str
    metrics: str

    async def measure(self, seconds: float) -> Figures:
        """Send referrals at a steady rate; give how long each took to be seen, in ms."""
        drafts = await self.drafted(int(RATE * seconds))
        await self.settled(drafts, 2)
        await steadily([self.request(draft) for draft in drafts], self.port)
        await self.settled(drafts, 3)
        sent = await self.times(self.referrals, SENT, [f"referrals/{each}" for each in drafts])
        seen = await self.times(self.metrics, SEEN, drafts)
        took = [(seen[each] - sent[each]) * 1000 for each in drafts]
        return {P50: statistics.median(took), P99: statistics.quantiles(took, n=100)[98]}

    async def drafted(self, number: int) -> list[UUID]:
        """Make addressed drafts, as if by the service."""
        connection = await connected(self.ground, self.referrals)
        async with connection.transaction():
            made = await connection.fetch(DRAFTS, self.client, ORGANISATION, RECIPIENT, number)
            drafts = [row["id"] for row in made]
            await connection.execute(SAID, drafts)
        await connection.close()
        return drafts

    async def settled(self, drafts: Sequence[UUID], sequence: int) -> None:
        """Wait until metrics has heard this much of each."""
        query = "SELECT count(*) FROM watermark WHERE subject = ANY ($1) AND sequence = $2"
        subjects = [f"referrals/{each}" for each in drafts]
        connection = await connected(self.ground, self.metrics)
        async with asyncio.timeout(60):
            while await connection.fetchval(query, subjects, sequence) < len(drafts):
                await asyncio.sleep(0.2)
        await connection.close()

    async def times(self, database: str, query: str, of: Sequence[object]) -> dict[UUID, float]:
        """Read when each row was committed."""
        connection = await connected(self.ground, database)
        found = {row["id"]: row["at"] for row in await connection.fetch(query, of)}
        await connection.close()
        return found

    def request(self, draft: UUID) -> bytes:
        """Write the request that sends it."""
        body = json.dumps({"step": "send", "legal_basis": "statute"})
        return (
            f"POST /referrals/{draft}/steps HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Content-Type: application/json\r\nAuthorization: Bearer {self.token}\r\n"
            f'Idempotency-Key: {uuid4().hex}\r\nIf-Match: "2"\r\n'
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


async def steadily(requests: Sequence[bytes], port: int) -> None:
    """Call at the rate, whatever the answers take. Raises `RuntimeError` on a refusal."""
    waiting: asyncio.Queue[bytes] = asyncio.Queue()

    async def call() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        with closing(writer):
            while True:
                writer.write(await waiting.get())
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(length(head))
                if not head.startswith(b"HTTP/1.1 200"):
                    raise RuntimeError(body.decode())
                waiting.task_done()

    async def all_called() -> None:
        began = time.perf_counter()
        for number, request in enumerate(requests):
            await asyncio.sleep(max(0, began + number / RATE - time.perf_counter()))
            waiting.put_nowait(request)
        await waiting.join()

    callers = [asyncio.create_task(call()) for _ in range(CONNECTIONS)]
    every = asyncio.create_task(all_called())
    done, rest = await asyncio.wait([every, *callers], return_when=asyncio.FIRST_COMPLETED)
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await asyncio.gather(*done)


async def measure(ground: Ground, rounds: int, seconds: float = 10.0) -> list[Line]:
    """Measure on Kafka and on the feed, side by side."""
    async with (
        neighbours(ground) as others,
        pair(ground, others, "kafka", ground.servers) as by_kafka,
        pair(ground, others, "feed", "") as by_feed,
    ):
        for each in (by_kafka, by_feed):
            await each.measure(seconds / 5)
        sides = {
            "Kafka": lambda: by_kafka.measure(seconds),
            "feed": lambda: by_feed.measure(seconds),
        }
        found = await interleaved("d", sides, rounds)
    return [line(name, figures) for name, figures in found.items()]


def line(name: str, figures: Figures) -> Line:
    """Write what one transport takes."""
    took = f"p50 {figures[P50]:.0f} ms, p99 {figures[P99]:.0f} ms"
    return Line(
        "d", f"commit → visible in metrics, {RATE} facts/s, {name}", took, aim="p99 < 50 ms"
    )


@asynccontextmanager
async def pair(ground: Ground, others: int, kind: str, servers: str) -> AsyncIterator[Pair]:
    """Run both services as processes, on databases of their own."""
    urls = {name: await made(ground, name, f"{kind}_{name}") for name in ("referrals", "metrics")}
    client = await given(ground, f"{kind}_referrals")
    mute = {
        name: f"http://127.0.0.1:{others}/{name}"
        for name in ("partners", "assessments", "vacancies")
    }
    speaks = ground.environment(
        "referrals", urls["referrals"], others, feeds=json.dumps(mute), kafka=servers
    )
    async with server("-m", "referrals", "serve", "--tied", environment=speaks) as (_, port):
        feeds = json.dumps(mute | {"referrals": f"http://127.0.0.1:{port}"})
        hears = ground.environment("metrics", urls["metrics"], others, feeds=feeds, kafka=servers)
        async with server("-m", "metrics", "serve", "--tied", environment=hears):
            token = ground.issuer.token(ORGANISATION, list(SCOPES))
            yield Pair(ground, port, token, client, f"{kind}_referrals", f"{kind}_metrics")


async def made(ground: Ground, service: str, database: str) -> Urls:
    """Make a service's database."""
    urls = await asyncio.to_thread(ground.cluster.provision, database)
    await upgrade(service, urls.owner)
    assert make_url(urls.owner).database == database
    return urls


async def given(ground: Ground, database: str) -> UUID:
    """Let referrals know an agreement and a recipient, and have a client."""
    client = uuid4()
    connection = await connected(ground, database)
    await connection.execute(CLIENT, client, ORGANISATION)
    await connection.execute(REGISTERED, ORGANISATION, list(SCOPES))
    await connection.execute("INSERT INTO organisation_copy VALUES ($1, 1)", RECIPIENT)
    await connection.execute(
        "INSERT INTO agreement_copy VALUES ('bench', 1, $1)", json.dumps(AGREEMENT)
    )
    await connection.close()
    return client
