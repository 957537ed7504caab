"""One leads, others stand by; two who believe that they lead do no harm."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from kit.database import Transaction
from kit.events import Event
from kit.reactions import On
from kit.service import Role, Service
from kit.ticks import tick
from structlog.testing import capture_logs
from structlog.typing import EventDict

from .counting import CountHeard, hear
from .estate import PATIENCE_SECONDS, Estate, a_twin, at_work
from .harm import cut_all, cut_leaders, told


@asynccontextmanager
async def two_at_work(service: Service, *roles: Role) -> AsyncIterator[None]:
    """Let two processes of a service work: one leads, the other stands by."""
    async with a_twin(service) as twin, at_work(service, *roles), at_work(twin, *roles):
        yield


async def test_leadership_that_moves_in_the_middle_of_a_batch_doubles_nothing(
    estate: Estate,
) -> None:
    in_the_middle, never = asyncio.Event(), asyncio.Event()

    async def die_at_three(tx: Transaction, said: CountHeard, event: Event) -> None:
        await hear(tx, said, event)
        if said.value == 3:
            in_the_middle.set()
            await never.wait()

    await estate.count(*"ababababab")
    async with AsyncExitStack() as stack:
        standby = await stack.enter_async_context(a_twin(estate.consumer))
        await stack.enter_async_context(at_work(estate.producer))
        estate.hear_by(On(CountHeard, die_at_three))
        await stack.enter_async_context(at_work(estate.consumer, Role.LISTEN))
        await in_the_middle.wait()
        await stack.enter_async_context(at_work(standby, Role.LISTEN))
        await cut_all(estate.consumer)  # the old leader is gone, for the database
        await estate.settled()
    assert await estate.heard("a") == await estate.heard("b") == [0, 1, 2, 3, 4]


async def test_of_two_listeners_that_believe_they_lead_each_batch_is_one_s(
    estate: Estate,
) -> None:
    with capture_logs() as logs:
        async with at_work(estate.producer), two_at_work(estate.consumer, Role.LISTEN):
            await estate.count("a")
            await estate.settled()
            await cut_leaders(estate.consumer)  # the leader does not know
            await count_until(estate, lambda: has_stood_back(logs, estate.consumer, Role.LISTEN))
            await estate.settled()
    assert await estate.heard("a") == list(range(len(await told(estate))))


async def test_of_two_relays_that_believe_they_lead_one_sends_on(kafka_estate: Estate) -> None:
    estate = kafka_estate
    with capture_logs() as logs:
        async with (
            at_work(estate.consumer),
            at_work(estate.producer, Role.TICK),
            two_at_work(estate.producer, Role.RELAY),
        ):
            await estate.count("a")
            await estate.settled()
            await cut_leaders(estate.producer)
            await count_until(estate, lambda: has_stood_back(logs, estate.producer, Role.RELAY))
            await estate.settled()
    assert await estate.heard("a") == list(range(len(await told(estate))))


async def count_until(estate: Estate, holds: Callable[[], bool]) -> None:
    """Count on until something holds."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():
            await estate.count("a")


def has_stood_back(logs: list[EventDict], service: Service, role: Role) -> bool:
    """Say whether one of two leaders found that the other had read on."""
    job = f"{service.name} {role}"
    return any(line.get("job") == job and line.get("error") == "PlaceMoved" for line in logs)


async def test_two_tickers_cut_the_same_batches_for_all_readers(estate: Estate) -> None:
    async with two_tickers(estate.producer), at_work(estate.consumer):
        await asyncio.gather(*(count_often(estate, name) for name in "abcdef"))
        await estate.settled()
    assert [await estate.heard(name) for name in "abcdef"] == [list(range(20))] * 6


async def count_often(estate: Estate, name: str) -> None:
    for _ in range(20):
        await estate.count(name)


@asynccontextmanager
async def two_tickers(service: Service) -> AsyncIterator[None]:
    """Tick twice as a leader does, beside the relay: as if two believed that they lead."""

    async def tick_on() -> None:
        async with service.worker.alone() as connection:
            while True:
                await tick(connection)
                await asyncio.sleep(0)

    async with at_work(service, Role.RELAY):
        tickers = [asyncio.create_task(tick_on()) for _ in range(2)]
        try:
            yield
        finally:
            for ticker in tickers:
                ticker.cancel()
            await asyncio.gather(*tickers, return_exceptions=True)
