"""(f) A search of the common catalogue, with 10,000 offerings in it, over HTTP."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from urllib.parse import urlencode

import asyncpg
import httpx
import orjson
from kit.migrate import upgrade
from sharing.codes import MUNICIPALITIES, NEEDS

from .a_request import ORGANISATION, neighbours
from .facts import connected
from .ground import Ground, backends, cpu_seconds, server, used_since
from .rounds import Figures, interleaved
from .table import CPU, Line

OFFERINGS = 10_000
CALLERS = 2
DATABASE = "catalogue"
P50, P95 = "ms p50", "ms p95"

FIRST = "ura työ velka talous koulutus opinto asumis perhe mielen liikunta yritys kieli digi arki"
SECOND = "ohjaus neuvonta valmennus tuki kurssi ryhmä palvelu apu tapaaminen klinikka paja polku"
OTHER = (
    "nuorille aikuisille maahanmuuttajille ryhmässä etänä lähellä maksutta matalalla kynnyksellä"
)

MAKE = """
    INSERT INTO offering (
        code, directory_id, organisation, status, name, description, needs, age_from, age_to,
        municipalities, situations, languages, access, channels, places, price, intensity,
        capacity, taken_elsewhere, capacity_unit, confirmed_at, stale_after_days, stale_at,
        stale_told, changed_at, revision)
    SELECT
        'offering-' || n, uuidv7(), $1, 'published', o -> 'name', o -> 'description',
        ARRAY(SELECT jsonb_array_elements_text(o -> 'needs')), (o ->> 'age')::int,
        (o ->> 'age')::int + 15, ARRAY(SELECT jsonb_array_elements_text(o -> 'municipalities')),
        '{}', '{fi}', 'both', '[]', o -> 'places', '{"cents": 0, "note": null}', 'guidance',
        (o ->> 'capacity')::int, 0, 'client', now(), 30, now() + interval '30 days', false, now(), 1
    FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS made (o, n)
"""
WORDS = """
    INSERT INTO catalogue_word
    SELECT DISTINCT word, word_variants(word)
    FROM offering, regexp_split_to_table(
        lower(name ->> 'fi' || ' ' || (description ->> 'fi')), '[^[:alnum:]]+') AS word
    WHERE length(word) >= 4
"""


def written(random: Random, offerings: int) -> list[dict[str, object]]:
    """Write a catalogue: names of compounds, descriptions of a dozen words."""
    heads = [a + b for a in FIRST.split() for b in SECOND.split()]
    tails = [f"{word}{ending}" for word in heads for ending in ("", "n", "ta", "ksi")]
    return [
        {
            "name": {"fi": f"{random.choice(heads)} {random.choice(SECOND.split())} {n}"},
            "description": {"fi": " ".join(random.choices(tails + OTHER.split(), k=14))},
            "needs": random.sample(sorted(NEEDS), 2),
            "age": random.choice([None, 15, 18, 30, 50]),
            "municipalities": random.sample(sorted(MUNICIPALITIES), random.randint(0, 5)),
            "capacity": random.randint(0, 20),
            "places": [
                {
                    "code": "place", "name": {"fi": "Paikka"}, "municipality": "564", "hours": [],
                    "latitude": random.uniform(63.5, 66.5), "longitude": random.uniform(24.0, 29.5),
                }
            ],
        }
        for n in range(offerings)
    ]  # fmt: skip


# What people look for: words, in forms and with errors, filters, places, and all together.
SEARCHES: tuple[dict[str, object], ...] = (
    {"q": "uraohjaus"},
    {"q": "velkaneuvonnan"},
    {"q": "koulutsvalmennus"},
    {"q": "työklinikak nuorille"},
    {"q": "mielentuki ryhmässä", "municipality": "564"},
    {"q": "avaruuslentäminen perhetuki"},
    {"q": "tuki"},
    {"need": "housing", "municipality": "244", "age": 24, "language": "fi"},
    {"need": "career_guidance", "with_room": True},
    {"near": "65.0121,25.4651", "within_km": 30},
    {"near": "65.0121,25.4651", "within_km": 100, "need": "finances", "with_room": True},
    {},
)


@dataclass(frozen=True)
class Catalogue:
    """The service that is searched."""

    ground: Ground
    pid: int
    port: int
    token: str

    async def measure(self, seconds: float) -> Figures:
        """Search for some seconds; give how long an answer took, in ms."""
        pids = [self.pid, *await backends(self.ground.cluster, DATABASE)]
        before = cpu_seconds(pids)
        took = [ms for each in await self.searches(seconds) for ms in each]
        used = used_since(before, cpu_seconds(pids)) / len(took) * 1e6
        quantiles = statistics.quantiles(took, n=20)
        return {P50: statistics.median(took), P95: quantiles[18], CPU: used}

    async def searches(self, seconds: float) -> list[list[float]]:
        """Let each caller search, one search after the other, each beginning with another."""
        return await asyncio.gather(*(self._call(seconds, n * 5) for n in range(CALLERS)))

    async def _call(self, seconds: float, skip: int) -> list[float]:
        took: list[float] = []
        headers = {"Authorization": f"Bearer {self.token}"}
        base = f"http://127.0.0.1:{self.port}"
        until = time.perf_counter() + seconds
        async with httpx.AsyncClient(base_url=base, headers=headers) as http:
            for query in islice(cycle(SEARCHES), skip, None):
                began = time.perf_counter()
                (await http.get(f"/catalogue/search?{urlencode(query)}")).raise_for_status()
                took.append((time.perf_counter() - began) * 1000)
                if time.perf_counter() > until:
                    return took
        return took


@asynccontextmanager
async def catalogue(ground: Ground, offerings: int) -> AsyncIterator[Catalogue]:
    """Run the service on a full catalogue."""
    urls = await asyncio.to_thread(ground.cluster.provision, DATABASE)
    await upgrade("partners", urls.owner)
    connection = await connected(ground, DATABASE)
    await fill(connection, written(Random(17), offerings))
    await connection.close()
    async with neighbours(ground) as others:
        feeds = orjson.dumps({"referrals": f"http://127.0.0.1:{others}/referrals"}).decode()
        settings = ground.environment("partners", urls, others, feeds=feeds)
        async with server("-m", "partners", "serve", "--tied", environment=settings) as (pid, port):
            token = ground.issuer.token(ORGANISATION, ["partners:read"], client="estate")
            yield Catalogue(ground, pid, port, token)


async def fill(
    connection: "asyncpg.Connection[asyncpg.Record]", made: Sequence[dict[str, object]]
) -> None:
    """Fill the catalogue."""
    await connection.execute(
        "INSERT INTO organisation (code, kind, name, units, mandates, successions, revision)"
        " VALUES ($1, 'te_office', '{\"fi\": \"TE\"}', '[]', '[]', '[]', 1)",
        ORGANISATION,
    )
    await connection.execute(MAKE, ORGANISATION, orjson.dumps(made).decode())
    await connection.execute(WORDS)
    await connection.execute("VACUUM ANALYZE")


async def measure(
    ground: Ground, rounds: int, seconds: float = 10.0, offerings: int = OFFERINGS
) -> list[Line]:
    """Measure, after a moment to warm up."""
    async with catalogue(ground, offerings) as searched:
        await searched.measure(seconds / 5)
        found = await interleaved("f", {"search": lambda: searched.measure(seconds)}, rounds)
    figures = found["search"]
    took = f"p50 {figures[P50]:.0f} ms, p95 {figures[P95]:.0f} ms"
    what = f"GET /catalogue/search, {offerings:,} offerings, {CALLERS} callers"
    return [Line("f", what, took, aim="p95 ≤ 20 ms", cpu=f"{figures[CPU]:,.0f}")]
