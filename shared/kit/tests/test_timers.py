"""Timers: what is due is done once, in its order, by one leader; a failing one holds none back."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from kit.database import Database, Transaction
from kit.embedded import Cluster
from kit.migrate import run
from kit.timers import Timer, Timers
from sqlalchemy import Connection, text

NOON = datetime(2020, 11, 24, 12, tzinfo=UTC)
FIRST = text("SELECT id FROM due WHERE at <= :moment ORDER BY at LIMIT 1 FOR UPDATE")
DONE = text("WITH gone AS (DELETE FROM due WHERE id = :id) INSERT INTO done (id) VALUES (:id)")


async def take(tx: Transaction, moment: datetime) -> bool:
    """Do the first thing that is due."""
    found = await tx.scalar(FIRST, {"moment": moment})
    if found is not None:
        await tx.execute(DONE, {"id": found})
    return found is not None


async def fail(tx: Transaction, moment: datetime) -> bool:
    raise RuntimeError("what is due cannot be done")


@pytest.fixture
async def database(cluster: Cluster) -> AsyncIterator[Database]:
    """Make a database in which things fall due an hour apart, from noon on."""
    name = f"timers{uuid4().hex[:8]}"
    urls = await asyncio.to_thread(cluster.provision, name)

    def make(connection: Connection) -> None:
        for table in (
            "due (id int, at timestamptz)",
            "done (n int GENERATED ALWAYS AS IDENTITY, id int)",
        ):
            connection.exec_driver_sql(f"CREATE TABLE {table}")

    await run(urls.owner, make)
    made = Database(urls.worker)
    async with made.begin() as tx:
        for number in range(6):
            at = NOON + timedelta(hours=number)
            await tx.execute(
                text("INSERT INTO due VALUES (:id, :at)"), {"id": 6 - number, "at": at}
            )
    yield made
    await made.close()
    await asyncio.to_thread(cluster.drop, name)


async def done(database: Database) -> list[int]:
    async with database.begin() as tx:
        return list(await tx.scalars(text("SELECT id FROM done ORDER BY n")))


async def test_what_is_due_is_done_in_its_order_and_nothing_before_its_time(
    database: Database,
) -> None:
    timers = Timers(database, [Timer("take", take)])
    assert await timers.catch_up(NOON - timedelta(seconds=1)) == 0
    assert await timers.catch_up(NOON + timedelta(hours=2)) == 3
    assert await done(database) == [6, 5, 4]
    assert await timers.catch_up(NOON + timedelta(hours=2)) == 0


async def test_of_many_that_look_at_once_each_thing_is_done_by_one(database: Database) -> None:
    looks = [Timers(database, [Timer("take", take)]) for _ in range(5)]
    late = NOON + timedelta(days=1)
    await asyncio.gather(*(look.catch_up(late) for look in looks))
    await looks[0].catch_up(late)
    assert sorted(await done(database)) == [1, 2, 3, 4, 5, 6]


async def test_a_timer_that_fails_holds_no_other_back(database: Database) -> None:
    timers = Timers(database, [Timer("fail", fail), Timer("take", take)])
    assert await timers.catch_up(NOON) == 1


async def test_the_database_s_clock_decides_and_one_leads(database: Database) -> None:
    timers = Timers(database, [Timer("take", take)])
    running = [asyncio.create_task(timers.run()) for _ in range(2)]
    async with asyncio.timeout(60):
        while len(await done(database)) < 6 or not database.leads:
            await asyncio.sleep(0.02)
    assert database.leads == {"timers"}
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    assert not Timers(database, [])


async def test_what_takes_long_holds_up_nothing_else_that_is_due(database: Database) -> None:
    begun = asyncio.Event()

    async def for_ever(_tx: Transaction, _moment: datetime) -> bool:
        begun.set()
        await asyncio.sleep(0.005)
        return True  # there is always more

    timers = Timers(database, [Timer("long", for_ever, apart=True), Timer("take", take)])
    running = asyncio.create_task(timers.run())
    async with asyncio.timeout(30):
        await begun.wait()
        while len(await done(database)) < 6:
            await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    assert not [task for task in left if "_look" in repr(task)]  # it ends with its leader
