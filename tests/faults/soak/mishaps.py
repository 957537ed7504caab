"""What befalls the estate: an act at a time for processes, for the broker and for databases.

Acts are dealt from a shuffled deck, so that each comes about as often as it is in the deck. The
seed decides their order, whom they meet and the pauses; what they meet there, no seed decides.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from kumppani.broker import Broker

from .processes import Program
from .town import Part, Town

T = TypeVar("T")
Act = Callable[["Mishaps", Random], Awaitable[str]]

TERMINATE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE usename IN ('{name}_app', '{name}_worker') ORDER BY random() LIMIT {most};
"""


@dataclass
class Mishaps:
    """What happens to a town, and to its broker where it is the town's own."""

    town: Town
    broker: Broker | None
    seed: int
    tell: Callable[[str], None]
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Deal those whom it meets evenly too."""
        self._programs = dealt(self.town.programs, Random(f"{self.seed} programs"))
        self._parts = dealt(self.town.parts, Random(f"{self.seed} parts"))

    async def befall(self, seconds: float) -> None:
        """Let things happen for some seconds; each act is finished, and what it ended begun."""
        async with asyncio.TaskGroup() as group:
            for trouble in TROUBLES:
                if trouble.name != "broker" or self.broker:
                    group.create_task(self._go_on(trouble, time.monotonic() + seconds))

    async def _go_on(self, trouble: "Trouble", until: float) -> None:
        random = Random(f"{self.seed} {trouble.name}")
        acts = dealt(trouble.acts, random)
        while True:
            pause = random.uniform(*trouble.pause)
            if time.monotonic() + pause > until:
                return
            await asyncio.sleep(pause)
            act = next(acts)
            self.done[trouble.name] += 1
            self.tell(await act(self, random))

    def program(self) -> Program:
        """Give whom it meets next."""
        return next(self._programs)

    def part(self) -> Part:
        """Give which service it meets next."""
        return next(self._parts)


def dealt(cards: Sequence[T], random: Random) -> Iterator[T]:
    """Deal from a shuffled deck, and shuffle it again when it is empty."""
    while True:
        yield from random.sample(cards, len(cards))


async def kill_a_process(mishaps: Mishaps, random: Random) -> str:
    """SIGKILL, and a start after a while."""
    program = mishaps.program()
    await program.kill()
    await asyncio.sleep(random.uniform(0, 3))
    await program.start()
    return f"{program.label} killed and started"


async def terminate_a_process(mishaps: Mishaps, random: Random) -> str:
    """SIGTERM, and a start after a while."""
    program = mishaps.program()
    await program.terminate()
    await asyncio.sleep(random.uniform(0, 3))
    await program.start()
    return f"{program.label} stopped and started"


async def freeze_a_process(mishaps: Mishaps, random: Random) -> str:
    """Still for a while, in which its service's connections go: another may come to lead."""
    part = mishaps.part()
    program = random.choice(part.programs)
    frozen = asyncio.create_task(program.freeze(random.uniform(3, 8)))
    await asyncio.sleep(1)
    await end_connections(mishaps.town, part, 100)
    await frozen
    return f"{program.label} stood still, its service's connections ended"


async def stop_the_broker(mishaps: Mishaps, random: Random) -> str:
    """SIGTERM, and a start."""
    return await away(mishaps, random, "stopped", lambda broker: broker.stop())


async def kill_the_broker(mishaps: Mishaps, random: Random) -> str:
    """SIGKILL, and a start."""
    return await away(mishaps, random, "killed", lambda broker: broker.kill())


async def lose_the_broker(mishaps: Mishaps, random: Random) -> str:
    """SIGKILL, all data gone, and a start."""

    def lose(broker: Broker) -> None:
        broker.kill()
        broker.lose()

    return await away(mishaps, random, "killed, its data deleted,", lose)


async def away(mishaps: Mishaps, random: Random, how: str, end: Callable[[Broker], None]) -> str:
    """End the broker in a way, and start it again after a while."""
    assert mishaps.broker
    await asyncio.to_thread(end, mishaps.broker)
    seconds = random.uniform(0, 10)
    await asyncio.sleep(seconds)
    await asyncio.to_thread(mishaps.broker.start)
    return f"broker {how} and started after {seconds:.0f} s"


async def end_some_connections(mishaps: Mishaps, random: Random) -> str:
    """End a few of a database's connections."""
    return await ended(mishaps, random.randint(1, 3))


async def end_all_connections(mishaps: Mishaps, _random: Random) -> str:
    """End all of a database's connections."""
    return await ended(mishaps, 100)


async def ended(mishaps: Mishaps, most: int) -> str:
    """End connections of one service."""
    part = mishaps.part()
    await end_connections(mishaps.town, part, most)
    return f"{'some' if most < 100 else 'all'} connections of {part.plan.label} ended"


async def end_connections(town: Town, part: Part, most: int) -> None:
    """End connections of a service's application and worker."""
    await asyncio.to_thread(town.cluster.sql, TERMINATE.format(name=part.name, most=most))


@dataclass(frozen=True)
class Trouble:
    """A deck of acts, and the pauses between them in seconds."""

    name: str
    pause: tuple[float, float]
    acts: tuple[Act, ...]


TROUBLES = (
    Trouble(
        "process",
        (2, 7),
        (*[kill_a_process] * 4, *[terminate_a_process] * 4, *[freeze_a_process] * 2),
    ),
    Trouble("broker", (5, 20), (*[stop_the_broker] * 2, *[kill_the_broker] * 2, lose_the_broker)),
    Trouble("database", (3, 12), (*[end_some_connections] * 2, end_all_connections)),
)
