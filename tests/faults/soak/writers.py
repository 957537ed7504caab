"""Those who call the producers: each command is asked again, by its key, until it is answered."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random

import httpx

from .books import Command

COUNTERS = 25  # of each producer; few enough that writers meet
ANSWER_SECONDS = 5.0
HASTY, HASTY_SECONDS = 0.03, 0.05  # some do not wait for the answer, and ask again
GIVE_UP = 0.01  # of the commands that were not answered, those that are never asked again


@dataclass(frozen=True)
class Producer:
    """Whom writers call: any of its addresses, with a token."""

    name: str
    addresses: list[str]
    token: str


@dataclass
class Writers:
    """Writers that share a notebook."""

    producers: list[Producer]
    number: int
    rate: float  # commands a second, of all together
    seed: int
    complain: Callable[[str], None]
    commands: list[Command] = field(default_factory=list)
    trouble: Counter[str] = field(default_factory=Counter)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acknowledged(self) -> int:
        """Give how many commands were answered."""
        return sum(command.value is not None for command in self.commands)

    async def write(self) -> None:
        """Write until told to stop; a command in hand is carried to its end."""
        async with httpx.AsyncClient() as http, asyncio.TaskGroup() as group:
            for number in range(self.number):
                producer = self.producers[number % len(self.producers)]
                random = Random(f"{self.seed} writer {number}")
                group.create_task(self._write(http, producer, random))

    async def _write(self, http: httpx.AsyncClient, producer: Producer, random: Random) -> None:
        while not self.stopping.is_set():
            counter = f"{producer.name}-{random.randrange(COUNTERS)}"
            command = Command(f"{random.getrandbits(128):032x}", counter)
            self.commands.append(command)
            while not await self._ask(http, random, producer, command):
                if random.random() < GIVE_UP:
                    break
                await asyncio.sleep(random.uniform(0.05, 0.5))
            await asyncio.sleep(random.expovariate(self.rate / self.number))

    async def _ask(
        self, http: httpx.AsyncClient, random: Random, producer: Producer, command: Command
    ) -> bool:
        """Ask once; say whether there is nothing more to ask."""
        headers = {
            "Authorization": f"Bearer {producer.token}",
            "Idempotency-Key": command.id,
            "traceparent": f"00-{command.id}-{command.id[:16]}-01",
        }
        address = random.choice(producer.addresses)
        hasty = random.random() < HASTY
        patience = random.uniform(0, HASTY_SECONDS) if hasty else ANSWER_SECONDS
        try:
            answer = await http.post(
                f"{address}/counters/{command.counter}/counts", headers=headers, timeout=patience
            )
        except httpx.TransportError as error:
            self.trouble[type(error).__name__] += 1
            return False
        if answer.is_success:
            command.value = answer.json()["value"]
            return True
        self.trouble[f"HTTP {answer.status_code}"] += 1
        if answer.status_code in (HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE):
            return False
        self.complain(f"refused: a good command was answered {answer.status_code}")
        return True
