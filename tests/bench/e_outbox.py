"""(e) What one more fact costs, with few and with many in the outbox: said, ticked and read."""

import statistics
import time
from dataclasses import dataclass

import asyncpg
from kit.memory import Place, page
from kit.ticks import tick

from ..faults.counting import count, fact_of, new_name
from .facts import Source, a_service, connected
from .ground import Ground, backends, cpu_seconds, used_since
from .rounds import Figures, interleaved, tell
from .table import Line

FEW, MANY = 10_000, 3_000_000
CHUNK = 250_000
TICK = 10  # facts in a batch: what a busy ticker leaves behind
COST, CPU = "µs each", "CPU µs of PostgreSQL each"

# As many transactions as there will be facts, so that each can be said to have had its own.
TRANSACTIONS = """
    CREATE PROCEDURE spend(transactions bigint) LANGUAGE plpgsql AS $$
    BEGIN
        FOR n IN 1..transactions LOOP
            PERFORM pg_current_xact_id();
            COMMIT;
        END LOOP;
    END $$
"""

FILL = """
    INSERT INTO outbox
        (xid, event_id, epoch, type, subject, sequence, headers, data, occurred_at)
    SELECT ($2::bigint + n)::text::xid8, uuidv7(), 1, $1, 'old/' || n % 200000, n / 200000 + 1,
           '{}', jsonb_build_object('counter', (n % 200000)::text, 'value', n / 200000), now()
    FROM generate_series($3::bigint, $4::bigint - 1) AS n
"""

TICKS = """
    INSERT INTO tick
    SELECT n, format('%1$s:%1$s:', $1 + n * $3 + 1)::pg_snapshot, (n - 1) * $3 + 1, n * $3
    FROM generate_series(1, $2::bigint / $3) AS n
"""


@dataclass
class Outbox:
    """An outbox with its past, and a reader at its end."""

    said: Source
    place: Place
    read: int = 0

    async def measure(self, facts: int) -> Figures:
        """Say, tick and read fact after fact; give the median time, and PostgreSQL's CPU."""
        ground, database = self.said.ground, self.said.database
        pids = await backends(ground.cluster, database)
        before = cpu_seconds(pids)
        took = [await self.one(number) for number in range(facts)]
        used = used_since(before, cpu_seconds(pids))
        if self.read != facts:
            raise RuntimeError(f"{facts} facts were said, {self.read} were read")
        self.read = 0
        return {COST: statistics.median(took) * 1e6, CPU: used / facts * 1e6}

    async def one(self, number: int) -> float:
        """Say a fact as a command does, and read it as the relay does."""
        service = self.said.service
        began = time.perf_counter()
        async with service.database.begin() as tx:
            await count(tx, fact_of(service.name), f"c{number}")
        async with service.worker.engine.connect() as connection:
            await tick(connection)
            await connection.commit()
            told, self.place = await page(connection, self.place, 500, None)
        self.read += len(told)
        return time.perf_counter() - began


async def measure(ground: Ground, rounds: int, many: int = MANY, facts: int = 200) -> list[Line]:
    """Let the two take turns: many short rounds, since the difference that counts is small."""
    async with (
        a_service(ground, new_name("few"), ()) as one,
        a_service(ground, new_name("many"), ()) as other,
    ):
        few, much = f"{FEW:,} rows", f"{many:,} rows"
        outboxes = {few: await filled(one, FEW), much: await filled(other, many)}
        for outbox in outboxes.values():
            await outbox.measure(facts)
        sides = {
            few: lambda: outboxes[few].measure(facts),
            much: lambda: outboxes[much].measure(facts),
        }
        found = await interleaved("e", sides, rounds * 3)
    ours, theirs = found[much], found[few]
    return [
        Line(
            "e",
            f"a fact said, ticked and read, {much}",
            f"{ours[COST]:,.0f} µs",
            few,
            f"{theirs[COST]:,.0f} µs",
            f"{ours[COST] / theirs[COST]:.2f}",
            "0.9–1.1",
            f"{ours[CPU]:,.0f} : {theirs[CPU]:,.0f} (PostgreSQL)",
        )
    ]


async def filled(said: Source, rows: int) -> Outbox:
    """Give an outbox its past: a transaction for each fact, a tick for every tenth."""
    connection = await connected(said.ground, said.database)
    try:
        await connection.execute(f"ALTER DATABASE {said.database} SET synchronous_commit = off")
        first = await spent(connection, rows)
        for begin in range(0, rows, CHUNK):
            tell(f"e filling: {begin:,} of {rows:,} rows")
            await connection.execute(FILL, said.type, first, begin, min(begin + CHUNK, rows))
        await connection.execute(TICKS, first, rows, TICK)
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    async with said.service.worker.engine.connect() as reader:
        place = Place(1, rows // TICK, rows // TICK)
        told, place = await page(reader, place, 500, None)
    if told:
        raise RuntimeError("the ticks do not cover the facts")
    return Outbox(said, place)


async def spent(connection: asyncpg.Connection, transactions: int) -> int:
    """Use up transaction ids, and give the first of them."""
    first: int = await connection.fetchval("SELECT pg_current_xact_id()::text::bigint")
    await connection.execute("SET synchronous_commit = off")
    await connection.execute(TRANSACTIONS)
    await connection.execute(f"CALL spend({transactions})")
    return first
