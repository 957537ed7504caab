"""The promises of the bus, on a real PostgreSQL: nothing lost, in order, once."""

import asyncio
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from kit.aggregates import Aggregate, SecondRevision, Unchanged, Unpublished
from kit.database import Base, Database, Transaction, hot, named
from kit.embedded import Cluster, Urls
from kit.events import Event, Record, enveloped
from kit.facts import EVERYONE, Fact, Heard
from kit.inbox import Inbox
from kit.letters import NotFirst, discard, unpark
from kit.listen import Listener, forget, redrive
from kit.memory import Told, beginning, page
from kit.migrate import run
from kit.outbox import publish
from kit.places import PlaceMoved
from kit.reactions import On, OnMany, Reactions
from kit.retry import is_transient
from kit.schema import V1
from kit.streams import Delivery, Feeds, record
from kit.ticks import tick
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.util import await_only

SOURCE = "/services/tests"


class Table(Base):
    """A base for the tests' own tables."""

    __abstract__ = True
    metadata = named()


class Counter(Aggregate, Table):
    """An aggregate that counts."""

    __tablename__ = "counter"

    id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]

    @property
    def subject(self) -> str:
        """Its name on the bus."""
        return f"counters/{self.id}"


class Counted(Fact, type="tests.counter.counted.v1", concerns=EVERYONE):
    """The counter went on."""

    counter: str
    value: int


class CountHeard(Heard):
    """What a consumer reads of it."""

    counter: str
    value: int


TABLES = """
CREATE TABLE counter (id text PRIMARY KEY, value integer NOT NULL, revision bigint NOT NULL);
CREATE TABLE heard (
    counter text NOT NULL, value integer NOT NULL, at bigint GENERATED ALWAYS AS IDENTITY
);
"""


@pytest.fixture
async def urls(cluster: Cluster) -> AsyncIterator[Urls]:
    """Make a database with the bus's tables."""
    name = f"bus{uuid4().hex[:8]}"
    made = await asyncio.to_thread(cluster.provision, name)
    await run(
        made.owner,
        lambda c: await_only(c.connection.driver_connection.execute(V1 + TABLES)),
    )
    yield made
    await asyncio.to_thread(cluster.drop, name)


@pytest.fixture
async def database(urls: Urls) -> AsyncIterator[Database]:
    """Open the database as the worker."""
    opened = Database(urls.worker, pool_size=24)
    yield opened
    await opened.close()


async def count(tx: Transaction, counter_id: str) -> None:
    """Count one on: one revision, one fact."""
    counter = await tx.get(Counter, counter_id, with_for_update=True)
    assert counter is not None
    counter.value += 1
    await publish(tx, counter, Counted(counter=counter.id, value=counter.value))


async def counters(database: Database, *names: str) -> None:
    """Begin some counters at zero that have said one fact."""
    async with database.begin() as tx:
        for name in names:
            counter = Counter(id=name, value=0)
            tx.add(counter)
            await publish(tx, counter, Counted(counter=name, value=0))


async def read_all(database: Database, limit: int = 7) -> list[Told]:
    """Read from the beginning to the end, in small pages."""
    told: list[Told] = []
    async with database.engine.connect() as connection:
        place = await beginning(connection)
        while True:
            facts, after = await page(connection, place, limit, None)
            told += facts
            if after == place:
                return told
            place = after


async def tell(database: Database) -> list[Record]:
    """Tick, and give all that was said as a transport delivers it."""
    async with database.engine.connect() as connection:
        await tick(connection)
        await connection.commit()
    return [record(enveloped(SOURCE, fact)) for fact in await read_all(database)]


@asynccontextmanager
async def an_open_write_elsewhere(cluster: Cluster) -> AsyncIterator[None]:
    """Hold a write transaction open in another database of the cluster."""
    urls = await asyncio.to_thread(cluster.provision, "elsewhere")
    other = Database(urls.owner)
    async with other.engine.connect() as connection:
        await connection.execute(text("SELECT pg_current_xact_id()"))
        yield
        await connection.rollback()
    await other.close()


WRITERS, ROUNDS = 12, 40


async def race(database: Database, read: Callable[[], Any]) -> list[Told]:
    """Let writers contend for few aggregates while a reader follows; give what it read."""
    names = [f"c{n}" for n in range(4)]
    await counters(database, *names)
    seen: list[Told] = []
    done = asyncio.Event()

    async def write(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(ROUNDS):
            async with database.begin() as tx:
                for name in sorted(dice.sample(names, dice.choice([1, 1, 2]))):
                    await count(tx, name)
                    await asyncio.sleep(dice.random() * 0.004)

    async def follow() -> None:
        while True:
            last = done.is_set()
            seen.extend(await read())
            if last:
                return
            await asyncio.sleep(0.001)

    reader = asyncio.create_task(follow())
    await asyncio.gather(*(write(seed) for seed in range(WRITERS)))
    done.set()
    await reader
    return seen


def disorders(told: list[Told]) -> int:
    """Count the facts that came after one of their aggregate's future."""
    last: dict[str, int] = {}
    wrong = 0
    for fact in told:
        wrong += fact.sequence < last.get(fact.subject, 0)
        last[fact.subject] = max(fact.sequence, last.get(fact.subject, 0))
    return wrong


async def written(database: Database) -> int:
    """Count the outbox."""
    async with database.begin() as tx:
        return int(await tx.scalar(text("SELECT count(*) FROM outbox")) or 0)


async def test_the_race_loses_nothing_disorders_nothing_and_stalls_nowhere(
    cluster: Cluster, database: Database
) -> None:
    async with an_open_write_elsewhere(cluster), database.engine.connect() as connection:
        place = await beginning(connection)

        async def read() -> list[Told]:
            nonlocal place
            await tick(connection)
            await connection.commit()
            told: list[Told] = []
            while True:
                facts, after = await page(connection, place, 50, None)
                told += facts
                if after == place:
                    return told
                place = after

        told = await race(database, read)
        assert len(told) == len({f.event_id for f in told}) == await written(database)
        assert disorders(told) == 0


COLUMNS = "position, event_id, epoch, type, subject, sequence, headers, data, occurred_at"


async def test_the_race_is_hard_enough_to_break_a_reader_by_last_id(database: Database) -> None:
    last = 0

    async def read() -> list[Told]:
        nonlocal last
        async with database.begin() as tx:
            query = text(f"SELECT {COLUMNS} FROM outbox WHERE position > :last ORDER BY position")
            told = [Told(**row) for row in (await tx.execute(query, {"last": last})).mappings()]
        last = max([last, *(fact.position for fact in told)])
        return told

    assert len(await race(database, read)) < await written(database)


BY_XMIN = text(f"""
    SELECT {COLUMNS}, xid::text::bigint AS x FROM outbox
    WHERE (xid::text::bigint, position) > (:x, :position)
      AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid, position
""")


async def test_the_race_is_hard_enough_to_break_a_reader_by_xmin(
    cluster: Cluster, database: Database
) -> None:
    place = {"x": 0, "position": 0}

    async def read() -> list[Told]:
        async with database.begin() as tx:
            rows = [dict(row) for row in (await tx.execute(BY_XMIN, place)).mappings()]
        if rows:
            place.update(position=rows[-1]["position"], x=rows[-1]["x"])
        return [Told(**{k: v for k, v in row.items() if k != "x"}) for row in rows]

    async with an_open_write_elsewhere(cluster):
        stalled = await race(database, read)
        assert len(stalled) < await written(database)
    assert disorders(stalled + await read()) > 0


async def test_a_page_lists_what_was_committed_before_it_was_asked_for(database: Database) -> None:
    await counters(database, "a", "b")
    assert [r.attributes["subject"] for r in await tell(database)] == ["counters/a", "counters/b"]


async def test_a_change_without_a_fact_cannot_be_committed(database: Database) -> None:
    await counters(database, "a")
    with pytest.raises(Unpublished):
        async with database.begin() as tx:
            counter = await tx.get(Counter, "a")
            assert counter is not None
            counter.value = 7


async def test_a_command_raises_a_revision_once_and_says_one_fact(database: Database) -> None:
    await counters(database, "a")
    with pytest.raises(SecondRevision):
        async with database.begin() as tx:
            await count(tx, "a")
            await count(tx, "a")
    with pytest.raises(Unchanged):
        async with database.begin() as tx:
            counter = await tx.get(Counter, "a")
            assert counter is not None
            await publish(tx, counter, Counted(counter="a", value=0))


async def note(tx: Transaction, said: CountHeard, _event: Event) -> None:
    """Keep what was heard."""
    await tx.execute(
        text("INSERT INTO heard (counter, value) VALUES (:counter, :value)"), said.model_dump()
    )


HEARS = Reactions({Counted.type: On(CountHeard, note)}, projections=("heard",))


async def note_all(tx: Transaction, heard: Sequence[tuple[CountHeard, Event]]) -> None:
    """Remember what was heard, all at once."""
    for said, event in heard:
        await note(tx, said, event)


def poisoned_at(counter: str, value: int, kind: type[On[Any] | OnMany[Any]]) -> Reactions:
    """Give reactions, one by one or of many at once, with a bug at one fact."""

    async def one(tx: Transaction, said: CountHeard, event: Event) -> None:
        await note(tx, said, event)
        if (said.counter, said.value) == (counter, value):
            raise KeyError("a bug")

    async def many(tx: Transaction, heard: Sequence[tuple[CountHeard, Event]]) -> None:
        for said, event in heard:
            await one(tx, said, event)

    on = On(CountHeard, one) if kind is On else OnMany(CountHeard, many)
    return Reactions({Counted.type: on}, projections=("heard",))


async def receive(database: Database, inbox: Inbox, records: list[Record]) -> None:
    """Let a consumer hear records in one transaction."""
    async with database.begin() as tx:
        await inbox.receive(tx, records)


async def heard(database: Database, counter: str) -> list[int]:
    """Give the values heard of a counter, in their order."""
    query = text("SELECT value FROM heard WHERE counter = :counter ORDER BY at")
    async with database.begin() as tx:
        return list(await tx.scalars(query, {"counter": counter}))


async def two_counters(database: Database) -> list[Record]:
    """Say four facts each of two counters, in turn."""
    await counters(database, "a", "b")
    for _ in range(3):
        for name in "ab":
            async with database.begin() as tx:
                await count(tx, name)
    return await tell(database)


async def test_what_is_delivered_twice_takes_effect_once(database: Database) -> None:
    records = await two_counters(database)
    inbox = Inbox("tests", HEARS)
    for batch in (records[:5], records[3:], records):
        await receive(database, inbox, batch)
    assert await heard(database, "a") == await heard(database, "b") == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", [On, OnMany])
@pytest.mark.parametrize("index", range(4))
async def test_a_bug_at_any_fact_stops_its_own_aggregate_until_redriven(
    database: Database, index: int, kind: type[On[Any] | OnMany[Any]]
) -> None:
    records = await two_counters(database)
    await receive(database, Inbox("tests", poisoned_at("a", index, kind)), records)
    assert await heard(database, "b") == [0, 1, 2, 3]
    assert await heard(database, "a") == [0, 1, 2, 3][:index]
    async with database.begin() as tx:
        await redrive(tx, Inbox("tests", HEARS), SOURCE, "counters/a")
    assert await heard(database, "a") == [0, 1, 2, 3]


async def test_facts_in_a_row_are_taken_at_once_and_another_reaction_ends_the_row(
    database: Database,
) -> None:
    rows: list[list[int]] = []

    async def many(tx: Transaction, heard: Sequence[tuple[CountHeard, Event]]) -> None:
        rows.append([said.value for said, _ in heard])
        await note_all(tx, heard)

    table = {
        Counted.type: OnMany(CountHeard, many),
        "tests.counter.mended.v1": On(CountHeard, note),
    }
    records = [r for r in await two_counters(database) if r.attributes["subject"] == "counters/a"]
    records[2] = Record(
        {**records[2].attributes, "type": "tests.counter.mended.v1"}, records[2].data
    )
    await receive(database, Inbox("tests", Reactions(table)), records)
    assert rows == [[0, 1], [3]]
    assert await heard(database, "a") == [0, 1, 2, 3]


BREAKS: dict[str, Callable[[Record], Record]] = {
    "bad JSON": lambda r: Record(r.attributes, b"{"),
    "no subject": lambda r: Record({**r.attributes, "subject": ""}, r.data),
    "no attributes": lambda r: Record({}, r.data),
    "a subject that no index holds": lambda r: Record(
        {**r.attributes, "subject": "".join(map(chr, range(0x4E00, 0x5E00)))}, r.data
    ),
    "a sequence that no column holds": lambda r: Record(
        {**r.attributes, "sequence": str(10**30)}, r.data
    ),
    "an epoch that no column holds": lambda r: Record({**r.attributes, "epoch": 2**40}, r.data),
    "a malformed type": lambda r: Record({**r.attributes, "type": "Counted"}, r.data),
}


@pytest.mark.parametrize("broken", BREAKS)
async def test_poison_is_kept_whole_and_others_apply(database: Database, broken: str) -> None:
    records = await two_counters(database)
    spoiled = BREAKS[broken](records[2])  # the second fact of a
    await receive(database, Inbox("tests", HEARS), [*records[:2], spoiled, *records[3:]])
    assert await heard(database, "b") == [0, 1, 2, 3]
    assert await heard(database, "a") == [0]
    async with database.begin() as tx:
        kept = await tx.execute(text("SELECT reason, data FROM dead_letter ORDER BY id"))
        assert (spoiled.data, "poison") in {(bytes(k.data), k.reason) for k in kept}


async def test_a_gap_is_waited_for_and_closes_by_itself(database: Database) -> None:
    records = await two_counters(database)
    missing = records[2]
    inbox = Inbox("tests", HEARS)
    await receive(database, inbox, [*records[:2], *records[3:]])
    assert await heard(database, "a") == [0]
    await receive(database, inbox, [missing])
    assert await heard(database, "a") == [0, 1, 2, 3]
    async with database.begin() as tx:
        assert await unpark(tx, "tests", SOURCE, "counters/a") == []


class Note(Table):
    """What was heard, as a mapped class."""

    __tablename__ = "heard"

    at: Mapped[int] = mapped_column(primary_key=True)
    counter: Mapped[str]
    value: Mapped[int]


async def test_what_a_reaction_leaves_to_be_written_is_written(database: Database) -> None:
    async def react(tx: Transaction, said: CountHeard, _event: Event) -> None:
        tx.add(Note(counter=said.counter, value=said.value))

    records = await two_counters(database)
    inbox = Inbox("tests", Reactions({Counted.type: On(CountHeard, react)}))
    await receive(database, inbox, records[:1])
    await receive(database, inbox, records[1:])
    assert await heard(database, "a") == await heard(database, "b") == [0, 1, 2, 3]
    async with database.begin() as tx:
        assert await tx.scalar(text("SELECT count(*) FROM dead_letter")) == 0


async def test_an_undeclared_type_moves_on_and_an_undeclared_version_is_passed_over(
    database: Database,
) -> None:
    records = await two_counters(database)
    other = Record({**records[2].attributes, "type": "tests.counter.mended.v1"}, records[2].data)
    second = Record({**records[2].attributes, "type": "tests.counter.counted.v2"}, records[2].data)
    await receive(database, Inbox("tests", HEARS), [*records[:2], second, other, *records[3:]])
    assert await heard(database, "a") == [0, 2, 3]


class Memory:
    """A stream over a list, as small as the port allows."""

    name = "memory"

    def __init__(self, records: list[Record]) -> None:
        self.records = records

    async def read(self, place: str | None) -> Delivery:
        """Give up to three records after a place."""
        start = int(place or 0)
        part = self.records[start : start + 3]
        return Delivery(part, str(start + len(part)))


async def test_a_reader_from_zero_and_a_late_one_end_in_the_same_state(database: Database) -> None:
    stream = Memory(await two_counters(database))
    inbox = Inbox("tests", HEARS)
    listener = Listener(database, inbox, Feeds([]))
    while await listener.step(stream):
        pass
    first = await heard(database, "a"), await heard(database, "b")
    async with database.begin() as tx:
        await forget(tx, inbox)
    assert await heard(database, "a") == []
    while await listener.step(stream):
        pass
    assert (await heard(database, "a"), await heard(database, "b")) == first


async def test_of_two_who_both_believe_they_lead_one_moves_the_place(database: Database) -> None:
    records = await two_counters(database)
    stream = Memory(records)
    listener = Listener(database, Inbox("tests", HEARS), Feeds([]))
    await listener.step(stream)

    class Slow(Memory):
        async def read(self, place: str | None) -> Delivery:
            delivery = await super().read(place)
            await listener.step(stream)  # the other was quicker
            return delivery

    with pytest.raises(PlaceMoved):
        await listener.step(Slow(records))
    assert await heard(database, "a") == [0, 1, 2]


CRASH = """
import asyncio, os, sys
sys.path.insert(0, sys.argv[3])
from test_bus import HEARS, Memory, count, tell
from kit.database import Database
from kit.inbox import Inbox
from kit.listen import Listener
from kit.streams import Feeds

class Dying(Inbox):
    async def receive(self, tx, records):
        await super().receive(tx, records)
        os._exit(9)

async def main(url, moment):
    database = Database(url)
    if moment == "after commit":
        async with database.begin() as tx:
            await count(tx, "a")
        os._exit(9)
    stream = Memory(await tell(database))
    await Listener(database, Dying("tests", HEARS), Feeds([])).step(stream)

asyncio.run(main(*sys.argv[1:3]))
"""


def crash(urls: Urls, moment: str) -> None:
    """Let a real process die at a moment."""
    here = str(Path(__file__).parent)
    died = subprocess.run(
        [sys.executable, "-c", CRASH, urls.worker, moment, here], env=os.environ, timeout=60
    )
    assert died.returncode == 9


@pytest.mark.parametrize("moment", ["after commit", "before the place is committed"])
async def test_a_crash_loses_nothing_and_doubles_nothing(
    urls: Urls, database: Database, moment: str
) -> None:
    await two_counters(database)
    await asyncio.to_thread(crash, urls, moment)
    stream = Memory(await tell(database))
    listener = Listener(database, Inbox("tests", HEARS), Feeds([]))
    while await listener.step(stream):
        pass
    expected = [0, 1, 2, 3, 4] if moment == "after commit" else [0, 1, 2, 3]
    assert await heard(database, "a") == expected


async def test_only_the_first_of_an_aggregates_letters_can_be_discarded(database: Database) -> None:
    await receive(database, Inbox("tests", poisoned_at("a", 1, On)), await two_counters(database))
    async with database.begin() as tx:
        parked = await tx.scalar(text("SELECT max(id) FROM dead_letter WHERE reason = 'parked'"))
        with pytest.raises(NotFirst):
            await discard(tx, int(parked or 0))


async def test_a_discarded_fact_lets_those_behind_it_go_on(database: Database) -> None:
    records = await two_counters(database)
    await receive(database, Inbox("tests", poisoned_at("a", 1, On)), records)
    async with database.begin() as tx:
        poison = await tx.scalar(text("SELECT id FROM dead_letter WHERE reason = 'poison'"))
        await discard(tx, int(poison or 0))
        await redrive(tx, Inbox("tests", HEARS), SOURCE, "counters/a")
    assert await heard(database, "a") == [0, 2, 3]


@pytest.mark.parametrize("statement", ["SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())"])
async def test_a_connection_that_is_gone_is_an_error_that_passes(
    database: Database, statement: str
) -> None:
    with pytest.raises(DBAPIError) as failed:
        async with database.begin() as tx:
            await hot(tx, "SELECT 1")
            if statement == "SELECT 1":
                tx.info["driver"].terminate()
            await hot(tx, statement)
    assert is_transient(failed.value)
    async with database.begin() as tx:
        assert [row[0] for row in await hot(tx, "SELECT 1")] == [1]


async def test_a_mistake_in_a_statement_does_not_pass(database: Database) -> None:
    with pytest.raises(DBAPIError) as failed:
        async with database.begin() as tx:
            await hot(tx, "SELECT $1::int", "one", "two")
    assert not is_transient(failed.value)


WATCH = """
CREATE TABLE committed (mode text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO committed VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER note AFTER INSERT OR UPDATE ON counter
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note();
GRANT ALL ON committed TO PUBLIC;
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET synchronous_commit TO on', current_database());
END $$
"""


async def test_what_said_a_fact_waits_for_the_disk_whatever_was_asked(
    urls: Urls, database: Database
) -> None:
    """What need not be lasting does not wait, unless others may have heard of it."""
    await run(urls.owner, lambda c: await_only(c.connection.driver_connection.execute(WATCH)))
    async with database.begin(lasting=False) as tx:
        await tx.execute(text("INSERT INTO counter VALUES ('quiet', 0, 1)"))
    async with database.begin(lasting=False) as tx:
        await count(tx, "quiet")
    async with database.begin() as tx:
        await tx.execute(text("INSERT INTO counter VALUES ('asked', 0, 1)"))
        modes = (await tx.execute(text("SELECT mode FROM committed"))).scalars().all()
    assert modes == ["off", "on"]
