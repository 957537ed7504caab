"""A fact that cannot be handled stops its own aggregate only, is kept whole, and is redriven."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from kit.database import Transaction
from kit.events import Event
from kit.facts import MOST_BYTES
from kit.letters import discard
from kit.outbox import FactTooLarge
from kit.reactions import On

from .counting import CountHeard, hear
from .estate import Estate, at_work, has_heard, has_letters, until
from .harm import Raw, Undecodable, as_relayed, hold_back, let_go, send, spoil

OTHERS_SECONDS = 5.0  # what the promise says


class Buggy:
    """A reaction with bugs that can be mended, and facts that it takes its time for."""

    def __init__(self, estate: Estate) -> None:
        self.bugs: set[tuple[str, int]] = set()
        self.slow: set[tuple[str, int]] = set()
        self.in_the_middle, self.go_on = asyncio.Event(), asyncio.Event()
        estate.hear_by(On(CountHeard, self.react))

    async def react(self, tx: Transaction, said: CountHeard, event: Event) -> None:
        """Hear, or fail, or wait."""
        await hear(tx, said, event)
        if (said.counter, said.value) in self.bugs:
            raise KeyError("a bug\0 whose text the database cannot keep")
        if (said.counter, said.value) in self.slow:
            self.in_the_middle.set()
            await self.go_on.wait()


async def others_have_heard(estate: Estate, values: list[int], *others: str) -> None:
    """Wait until other counters were heard. Raises `TimeoutError` after the promised 5 s."""
    for name in others:
        await until(lambda name=name: has_heard(estate, name, values), OTHERS_SECONDS)


@pytest.mark.parametrize("index", range(4))
async def test_a_bug_at_any_fact_parks_its_aggregate_whole_until_redriven(
    estate: Estate, index: int
) -> None:
    a, b, c = estate.neighbours(3)
    reaction = Buggy(estate)
    reaction.bugs = {(a, index)}
    for _ in range(4):
        await estate.count_together(a, b, c)
    async with estate.at_work():
        await others_have_heard(estate, [0, 1, 2, 3], b, c)
        assert await estate.heard(a) == list(range(index))
        assert await has_letters(estate, "poison", *["parked"] * (3 - index))
        reaction.bugs.clear()
        await estate.redrive(a)
        await estate.count(a)
        await estate.settled()
    assert await estate.heard(a) == [0, 1, 2, 3, 4]
    assert await estate.letters() == []


async def test_a_redrive_under_load_keeps_the_order(estate: Estate) -> None:
    reaction = Buggy(estate)
    reaction.bugs = {("a", 0)}

    async def write() -> None:
        for _ in range(30):
            await estate.count("a", "b")

    async with estate.at_work():
        writing = asyncio.create_task(write())
        await until(lambda: has_put_aside(estate, 5))
        reaction.bugs.clear()
        await estate.redrive("a")
        await writing
        await estate.settled()
    assert await estate.heard("a") == await estate.heard("b") == list(range(30))
    assert await estate.letters() == []


async def has_put_aside(estate: Estate, number: int) -> bool:
    return len(await estate.letters()) >= number


async def test_a_redrive_waits_for_the_batch_under_way(estate: Estate) -> None:
    """Else what that batch parks would wait for ever behind what is gone."""
    a, b = estate.neighbours(2)
    reaction = Buggy(estate)
    reaction.bugs, reaction.slow = {(a, 0)}, {(b, 0)}
    async with estate.at_work():
        await estate.count(a)
        await until(lambda: has_letters(estate, "poison"))
        await estate.count_together(a, b)
        await reaction.in_the_middle.wait()
        reaction.bugs.clear()
        redriving = asyncio.create_task(estate.redrive(a))
        await asyncio.wait([redriving], timeout=0.5)  # it waits, or does its harm
        reaction.go_on.set()
        await redriving
        await estate.settled()
    assert await estate.heard(a) == [0, 1]
    assert await estate.letters() == []


async def test_of_those_that_waited_for_a_missing_fact_one_can_be_poison(estate: Estate) -> None:
    reaction = Buggy(estate)
    reaction.bugs = {("a", 2)}
    await estate.count(*"aaaa")
    await hold_back(estate, "sequence = 2")
    async with estate.at_work():
        await until(lambda: has_letters(estate, "gap", "parked"))
        await let_go(estate)
        await until(lambda: has_letters(estate, "poison", "parked"))
        assert await estate.heard("a") == [0, 1]
        reaction.bugs.clear()
        await estate.redrive("a")
        await estate.settled()
    assert await estate.heard("a") == [0, 1, 2, 3]


MALFORMED = {
    "a type without a version": "type = 'Counted'",
    "a subject that no index holds": "subject = 'counters/' || repeat('n', 3000)",
    "a body of another shape": """data = '["none"]'""",
}


@pytest.mark.parametrize("how", MALFORMED)
async def test_a_malformed_fact_parks_its_aggregate_until_it_comes_well_formed(
    estate: Estate, how: str
) -> None:
    await estate.count(*"abababab")
    await spoil(estate, "subject = 'counters/a' AND sequence = 2", MALFORMED[how])
    async with estate.at_work():
        await others_have_heard(estate, [0, 1, 2, 3], "b")
        await until(lambda: has_put_aside(estate, 3))
        assert await estate.heard("a") == [0]
        await let_go(estate)
        await until(lambda: is_settled_by_redrive(estate, "a"))
    assert await estate.heard("a") == [0, 1, 2, 3]


async def is_settled_by_redrive(estate: Estate, counter: str) -> bool:
    """Redrive, and say whether that was enough."""
    await estate.redrive(counter)
    return await estate.is_settled()


async def test_a_body_over_the_limit_is_put_aside_and_can_be_discarded(estate: Estate) -> None:
    await estate.count(*"abab")
    padding = f"jsonb_build_object('padding', repeat('x', {MOST_BYTES}))"
    await spoil(estate, "subject = 'counters/a' AND sequence = 1", f"data = data || {padding}")
    async with estate.at_work():
        await others_have_heard(estate, [0, 1], "b")
        await until(lambda: has_letters(estate, "poison", "parked"))
        poison, _ = await estate.letters()
        assert poison["error"].startswith("TooLarge: ")
        assert len(poison["data"]) > MOST_BYTES
        async with estate.consumer.worker.begin() as tx:
            await discard(tx, poison["id"])
        await estate.redrive("a")
        await estate.settled()
    assert await estate.heard("a") == [1]


async def test_a_fact_over_the_limit_is_not_said(estate: Estate) -> None:
    with pytest.raises(FactTooLarge):
        await estate.count("a" * MOST_BYTES)


FOREIGN: dict[str, Callable[[Raw], Raw]] = {
    "bad JSON": lambda raw: replace(raw, value=b"{"),
    "no body": lambda raw: replace(raw, value=None),
    "no headers": lambda raw: replace(raw, headers=()),
    "a header that is no text": lambda raw: replace(
        raw, headers=[(name, b"\xff\xfe") for name, _ in raw.headers]
    ),
    "a header whose name is no text": lambda raw: replace(
        raw, headers=[*raw.headers, (Undecodable("ce_xx"), b"")]
    ),
    "a sequence that no column holds": lambda raw: replace(
        raw, headers=[*raw.headers, ("ce_sequence", b"9" * 30)]
    ),
}


@pytest.mark.parametrize("how", FOREIGN)
async def test_a_spoilt_record_parks_its_aggregate_until_it_comes_sound(
    kafka_estate: Estate, how: str
) -> None:
    estate = kafka_estate
    a, b = estate.neighbours(2)
    async with at_work(estate.consumer):
        await estate.count(a, b, a, b, a, b, a, b)
        sound = await as_relayed(estate)
        await send(estate, *sound[:2], FOREIGN[how](sound[2]), *sound[3:])
        await others_have_heard(estate, [0, 1, 2, 3], b)
        await until(lambda: has_put_aside(estate, 3))
        assert await estate.heard(a) == [0]
        await send(estate, sound[2])
        await until(lambda: is_settled_by_redrive(estate, a))
    assert await estate.heard(a) == [0, 1, 2, 3]
