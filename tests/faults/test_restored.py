"""A database restored to a past state: of who hears, and of who speaks."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.database import Database
from kit.embedded import SUPERUSER, Cluster
from kit.listen import forget
from kit.programs import run
from kit.restored import InUse, begin_new_epoch

from .counting import count, fact_of
from .estate import TEMPLATE, Estate, at_work, name_of
from .harm import copy_of, owner_url, put_back, told, told_in


async def test_a_consumer_restored_to_the_past_hears_again_what_it_forgot(estate: Estate) -> None:
    async with at_work(estate.producer):
        async with at_work(estate.consumer):
            await estate.count(*"aab")
            await estate.settled()
        backup = await copy_of(estate, estate.consumer)
        async with at_work(estate.consumer):
            await estate.count(*"aabb")
            await estate.settled()
        await put_back(estate, estate.consumer, backup)
        assert await estate.heard("a") == [0, 1]
        async with at_work(estate.consumer):
            await estate.settled()
    assert [await estate.heard(name) for name in "ab"] == [[0, 1, 2, 3], [0, 1, 2]]


async def restored_to_the_past(estate: Estate) -> None:
    """Say two facts, back up, say two more that are heard, and put the backup back."""
    async with estate.at_work():
        await estate.count(*"aa")
        await estate.settled()
    backup = await copy_of(estate, estate.producer)
    async with estate.at_work():
        await estate.count(*"aa")
        await estate.settled()
    await put_back(estate, estate.producer, backup)
    await begin_new_epoch(owner_url(estate.producer))


async def test_a_source_restored_to_the_past_is_heard_on(estate: Estate) -> None:
    await restored_to_the_past(estate)
    async with estate.at_work():
        await estate.count(*"aaab")
        await estate.settled()
    assert await estate.heard("a") == [0, 1, 2, 3, 2, 3, 4]  # what was lost was heard before
    assert await estate.heard("b") == [0]
    assert await estate.letters() == []


async def test_who_comes_after_a_restore_does_not_hear_what_was_lost(estate: Estate) -> None:
    await restored_to_the_past(estate)
    async with at_work(estate.producer):
        await estate.count(*"ab")
        async with estate.consumer.worker.begin() as tx:
            await forget(tx, estate.consumer.inbox)
        async with at_work(estate.consumer):
            await estate.settled()
    assert await estate.heard("a") == [0, 1, 2]
    assert await estate.heard("b") == [0]


async def test_an_epoch_does_not_begin_under_those_who_work(feed_estate: Estate) -> None:
    await feed_estate.count("a")
    with pytest.raises(InUse, match="stop the service first"):
        await begin_new_epoch(owner_url(feed_estate.producer))


AGE = """DO $$ BEGIN
    FOR n IN 1..3000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP;
END $$;"""


@pytest.fixture
def younger(tmp_path: Path) -> Iterator[Cluster]:
    """Start a second cluster, whose transactions have lower ids."""
    cluster = Cluster.start(tmp_path, durable=False)
    yield cluster
    cluster.stop()


async def test_a_dump_loaded_into_a_younger_cluster_tells_all(
    feed_estate: Estate, younger: Cluster, tmp_path: Path
) -> None:
    estate = feed_estate
    await asyncio.to_thread(estate.cluster.sql, AGE)
    await estate.count(*"aab")
    before = await told(estate)
    urls = await asyncio.to_thread(younger.provision, TEMPLATE)
    await asyncio.to_thread(dump_and_load, estate, younger, tmp_path / "dump")
    epoch = await begin_new_epoch(urls.owner)
    loaded = Database(urls.worker)
    async with loaded.begin() as tx:
        await count(tx, fact_of(estate.producer.name), "a")
    facts = await told_in(loaded)
    await loaded.close()
    assert [fact.event_id for fact in facts[:3]] == [fact.event_id for fact in before]
    assert [(f.subject, f.epoch, f.sequence) for f in facts[3:]] == [("counters/a", epoch, 3)]
    assert epoch > 1


def dump_and_load(estate: Estate, younger: Cluster, dump: Path) -> None:
    """Move the producer's database to another cluster, as a new machine would get it."""
    old = ("-U", SUPERUSER, "-h", str(estate.cluster.sockets))
    run("pg_dump", *old, "-Fc", "-f", str(dump), name_of(estate.producer.settings.worker_url))
    run("pg_restore", "-U", SUPERUSER, "-h", str(younger.sockets), "-d", TEMPLATE, str(dump))
