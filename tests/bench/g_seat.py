"""(g) Many who accept at once where one seat is left: one gets it, and how long all wait."""

import time
from collections import Counter
from dataclasses import dataclass
from uuid import uuid4

from .asked import RECIPIENT, Asked, serving
from .calls import at_once, p50_p95, step
from .facts import connected
from .ground import Ground
from .rounds import Figures, interleaved
from .table import Line

CALLERS = 32
P95, RATE = "ms p95", "/s"
ONE, EACH = "one last seat", "a seat for each"

SEATS = """
    INSERT INTO seats
        (offering, organisation, taken, held, elsewhere, maximum, declaration, revision)
    SELECT unnest($1::text[]), $2, 0, 0, 0, 1, 1, 0
"""
WON = """
    SELECT count(*) FILTER (WHERE r.status = 'accepted' AND r.seat = 'taken') AS accepted,
           (SELECT sum(taken) FROM seats WHERE offering = ANY ($1)) AS taken,
           (SELECT count(*) FROM outbox WHERE type = 'referrals.seats.taken.v1'
                AND data ->> 'offering' = ANY ($1)) AS said
    FROM referral AS r WHERE r.offering = ANY ($1)
"""


class TwoWinners(Exception):
    """Not as many got a seat as there were seats."""


@dataclass(frozen=True)
class Contest:
    """So many callers for so many seats."""

    at: Asked
    callers: int
    seats: int

    async def measure(self, times: int) -> Figures:
        """Accept at once, some times; give the rate of answers, and how long one took."""
        took: list[float] = []
        seconds = 0.0
        for _ in range(times):
            offerings = [f"bench-{uuid4().hex}" for _ in range(self.seats)]
            requests = await self._prepared(offerings)
            began = time.perf_counter()
            answers = await at_once(requests, self.at.port)
            seconds += time.perf_counter() - began
            took += [answer.ms for answer in answers]
            await self._checked(offerings, Counter(answer.status for answer in answers))
        return {RATE: len(took) / seconds, P95: p50_p95(took)[1]}

    async def _prepared(self, offerings: list[str]) -> list[bytes]:
        connection = await connected(self.at.ground, self.at.database)
        await connection.execute(SEATS, offerings, RECIPIENT)
        await connection.close()
        return [
            step(referral, '{"step": "accept"}', 3, self.at.port, self.at.token)
            for referral in await self.at.add(self.callers, offerings)
        ]

    async def _checked(self, offerings: list[str], statuses: Counter[int]) -> None:
        """Look at answers, referrals, ledgers and facts. Raises `TwoWinners`."""
        connection = await connected(self.at.ground, self.at.database)
        won = await connection.fetchrow(WON, offerings)
        await connection.close()
        wanted = Counter({200: self.seats, 409: self.callers - self.seats})
        if statuses != wanted or set(won.values()) != {self.seats}:
            raise TwoWinners(f"{self.seats} seats: answers {dict(statuses)}, kept {dict(won)}")


async def measure(
    ground: Ground, rounds: int, callers: int = CALLERS, times: int = 10
) -> list[Line]:
    """Measure the contest beside as many who do not meet."""
    async with serving(ground, "seat") as at:
        contests = {ONE: Contest(at, callers, 1), EACH: Contest(at, callers, callers)}
        await contests[EACH].measure(1)
        sides = {
            ONE: lambda: contests[ONE].measure(times),
            EACH: lambda: contests[EACH].measure(times),
        }
        found = await interleaved("g", sides, rounds)
    ours, theirs = found[ONE], found[EACH]
    return [
        Line(
            "g",
            f"accept, {callers} at once, one last seat: one winner",
            f"p95 {ours[P95]:.0f} ms, {ours[RATE]:.0f}/s",
            EACH,
            f"p95 {theirs[P95]:.0f} ms, {theirs[RATE]:.0f}/s",
            f"{ours[P95] / theirs[P95]:.2f} (p95)",
        )
    ]
