"""One suite for both transports: what the bus promises, whatever carries it."""

import asyncio
from random import Random

from kit.database import Transaction
from kit.events import Event
from kit.listen import forget
from kit.reactions import On
from sqlalchemy import text
from structlog.testing import capture_logs

from .counting import CountHeard, hear
from .estate import Estate, at_work, has_heard, has_letters, until
from .harm import change_history, hold_back, let_go


async def test_facts_arrive_once_and_in_the_order_of_their_aggregate(estate: Estate) -> None:
    async def write(seed: int) -> None:
        for name in Random(seed).choices("abc", k=15):
            await estate.count(name)

    await estate.count(*"abc")
    async with estate.at_work():
        await asyncio.gather(*(write(seed) for seed in range(6)))
        await estate.settled()
    heard = [await estate.heard(name) for name in "abc"]
    assert heard == [list(range(len(values))) for values in heard]
    assert sum(map(len, heard)) == 3 + 6 * 15


async def test_who_comes_late_hears_everything(estate: Estate) -> None:
    async with at_work(estate.producer):
        await estate.count(*"aaabbc")
        async with at_work(estate.consumer):
            await estate.settled()
    assert await estate.heard("a") == [0, 1, 2]


async def test_what_is_delivered_again_takes_effect_once(estate: Estate) -> None:
    async with at_work(estate.producer):
        async with at_work(estate.consumer):
            await estate.count(*"aaabbc")
            await estate.settled()
        async with estate.consumer.worker.begin() as tx:
            assert (await tx.execute(text("DELETE FROM place"))).rowcount > 0
        async with at_work(estate.consumer):
            await estate.count(*"abc")  # in the same streams: what comes again comes before
            await estate.settled()
    assert [await estate.heard(n) for n in "abc"] == [[0, 1, 2, 3], [0, 1, 2], [0, 1]]


async def test_who_begins_from_zero_ends_in_the_same_state(estate: Estate) -> None:
    async with estate.at_work():
        await estate.count(*"aabbbc")
        await estate.settled()
        async with estate.consumer.worker.begin() as tx:
            await forget(tx, estate.consumer.inbox)
        await estate.count(*"abc")
        await estate.settled()
    assert [await estate.heard(n) for n in "abc"] == [[0, 1, 2], [0, 1, 2, 3], [0, 1]]


async def test_nobody_begins_from_zero_in_the_middle_of_a_batch(estate: Estate) -> None:
    """A batch whose effects a replay did not see would leave them to be heard twice."""
    in_the_middle, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(tx: Transaction, said: CountHeard, event: Event) -> None:
        await hear(tx, said, event)
        in_the_middle.set()
        await go_on.wait()

    estate.hear_by(On(CountHeard, slowly))
    async with estate.at_work():
        await estate.count(*"aab")
        await in_the_middle.wait()
        replay = asyncio.create_task(begin_from_zero(estate))
        await asyncio.wait([replay], timeout=0.5)  # it waits for the batch, or does its harm
        go_on.set()
        await replay
        await estate.count(*"ab")
        await estate.settled()
    assert [await estate.heard(n) for n in "ab"] == [[0, 1, 2], [0, 1]]


async def begin_from_zero(estate: Estate) -> None:
    async with estate.consumer.worker.begin() as tx:
        await forget(tx, estate.consumer.inbox)


async def test_a_missing_fact_is_told_and_waited_for(estate: Estate) -> None:
    await estate.count(*"aaaabb")
    await hold_back(estate, "subject = 'counters/a' AND sequence = 2")
    with capture_logs() as logs:
        async with estate.at_work():
            await until(lambda: has_letters(estate, "gap", "parked"))
            await until(lambda: has_heard(estate, "b", [0, 1]))
            assert await estate.heard("a") == [0]
            await let_go(estate)
            await estate.settled()
    assert await estate.heard("a") == [0, 1, 2, 3]
    assert await estate.letters() == []
    assert [line["subject"] for line in logs if line["event"] == "a fact is missing"] == [
        "counters/a"
    ]


async def test_a_fact_of_an_undeclared_type_only_moves_the_mark(estate: Estate) -> None:
    await estate.count(*"aaa")
    renamed = f"{estate.producer.name}.counter.mended.v1"
    await change_history(estate, f"UPDATE outbox SET type = '{renamed}' WHERE sequence = 2;")
    async with estate.at_work():
        await estate.settled()
    assert await estate.heard("a") == [0, 2]
    assert await estate.letters() == []
