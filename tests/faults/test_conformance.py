"""One suite for both transports: what the bus promises, whatever carries it."""

from .estate import Estate


async def test_facts_arrive_once_and_in_the_order_of_their_aggregate(estate: Estate) -> None:
    async with estate.at_work():
        for _ in range(20):
            await estate.count("a", "b", "c")
        await estate.settled()
    assert [await estate.heard(name) for name in "abc"] == [list(range(20))] * 3


async def test_who_comes_late_hears_everything(estate: Estate) -> None:
    async with estate.producer.working():
        await estate.count(*"aaabbc")
        async with estate.consumer.working():
            await estate.settled()
    assert await estate.heard("a") == [0, 1, 2]
