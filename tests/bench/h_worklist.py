"""(h) The worklist of an organisation with 100,000 open referrals, against one with 1,000."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import quote

import orjson

from .asked import Asked, serving
from .calls import in_turn, p50_p95
from .facts import connected
from .ground import Ground
from .rounds import Figures, Side, interleaved
from .table import Line

FEW, MANY = 1_000, 100_000
FIRST, LATER, COUNTS = "first page", "page in the middle", "counts"
P50, P95 = "ms p50", "ms p95"


@dataclass(frozen=True)
class Desk:
    """A worklist of some length, and the requests for it."""

    at: Asked
    paths: dict[str, str]

    async def measure(self, what: str, times: int) -> Figures:
        """Ask for one thing again and again; give how long an answer took."""
        request = self.at.get(self.paths[what])
        answers = await in_turn([request] * times, self.at.port, 1)
        p50, p95 = p50_p95([answer.ms for answer in answers])
        return {P50: p50, P95: p95}


@asynccontextmanager
async def desk(ground: Ground, rows: int) -> AsyncIterator[Desk]:
    """Run the service for an organisation with so many to decide on."""
    async with serving(ground, f"desk_{rows}") as at:
        await at.add(rows)
        connection = await connected(ground, at.database)
        await connection.execute("VACUUM ANALYZE")
        await connection.close()
        first = "/worklist?role=recipient"
        yield Desk(
            at,
            {
                FIRST: first,
                LATER: await middle(at, first, rows),
                COUNTS: "/worklist/counts?role=recipient",
            },
        )


async def middle(at: Asked, first: str, rows: int) -> str:
    """Turn the largest pages until half of the rows are read; give where the next one is."""
    path, limit = first, min(200, rows // 4)
    for _ in range(rows // 2 // limit):
        (page,) = await in_turn([at.get(f"{path}&limit={limit}")], at.port, 1)
        path = f"{first}&after={quote(orjson.loads(page.body)['next'])}"
    return path


async def measure(
    ground: Ground, rounds: int, few: int = FEW, many: int = MANY, times: int = 100
) -> list[Line]:
    """Measure both, in turn, a line for each thing that is asked for."""
    lines: list[Line] = []
    async with desk(ground, few) as short, desk(ground, many) as long:
        for what in (FIRST, LATER, COUNTS):
            for each in (short, long):
                await each.measure(what, max(times // 10, 2))
            sides: dict[str, Side] = {
                f"{name}, {what}": lambda d=d, what=what: d.measure(what, times)  # type: ignore[misc]
                for name, d in (("few", short), ("many", long))
            }
            found = await interleaved("h", sides, rounds)
            ours, theirs = found[f"many, {what}"], found[f"few, {what}"]
            lines.append(
                Line(
                    "h",
                    f"worklist of {many:,}, {what}",
                    said(ours),
                    f"of {few:,}",
                    said(theirs),
                    f"{ours[P50] / theirs[P50]:.2f} (p50)",
                    "" if what == COUNTS else "≤ 2",
                )
            )
    return lines


def said(figures: Figures) -> str:
    """Write how long it took."""
    return f"p50 {figures[P50]:.0f} ms, p95 {figures[P95]:.0f} ms"
