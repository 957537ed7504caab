"""The last act: official figures are imported, and every indicator tells what the scenario did."""

import json
from collections.abc import Awaitable, Callable
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from kumppani.actors import Actor, Json, expect, wait_for

Counts = dict[str, float]

# What one run adds to each count: four decisions, three of them yes; two postings of one opening
# each, one of which is filled; and so on.
ADDED = MappingProxyType(
    {
        "loops-closed": 1,
        "referral-declines": 1,
        "visits-missed": 1,
        "client-feedback": 1,
        "needs-confirmed": 1,
        "vacancies-open": 1,
        "vacancies-filled": 1,
        "pilot-placements": 1,
        "referral-acceptance-rate.accepted": 3,
        "referral-acceptance-rate.decided": 4,
        "referral-time-to-decision.cases": 4,
        "capacity-used.maximum": 13,
    }
)


class Figures:
    """The regional council, which leads knowledge-based management."""

    def __init__(self, council: Actor, tell: Callable[[str], Awaitable[None]]) -> None:
        self._council = council
        self._tell = tell

    async def counted(self) -> Counts:
        """Read every indicator's newest value and its parts."""
        counts: Counts = {}
        for indicator in (await self._council.get("/metrics/indicators"))["items"]:
            latest = indicator["latest"] or {"value": None, "parts": {}}
            counts[indicator["code"]] = latest["value"] or 0
            counts |= {f"{indicator['code']}.{n}": v for n, v in latest["parts"].items()}
        return counts

    async def check(self, before: Counts) -> None:
        """Wait until each count has grown by what the scenario did."""

        def differences(now: Counts) -> dict[str, float]:
            return {name: now.get(name, 0) - before.get(name, 0) for name in ADDED}

        now = await wait_for(
            self.counted, lambda now: differences(now) == ADDED, f"in metrics, {dict(ADDED)}"
        )
        for name, added in ADDED.items():
            await self._tell(f"{name}: {now[name]:.0f} (+{added})")

    async def goal(self, agreement: str) -> None:
        """Import the official figures, and compare the rate with the goal's path."""
        source = files("metrics") / "figures" / "tyonv_12r5_oulu.json"
        figures: Json = json.loads(source.read_text())
        await self._council.post("/metrics/statistics", figures)
        goals: dict[str, Any] = await self._council.until(
            "/metrics/goals",
            lambda page: any(g["agreement"]["code"] == agreement for g in page["items"]),
            "the agreement's goal",
        )
        goal = next(g for g in goals["items"] if g["agreement"]["code"] == agreement)
        rate = 100 * 12444 / 102841  # unemployed jobseekers of the labour force, October 2023
        expect(goal["latest"]["areas"] == ["KU564"], "the goal is measured in Oulu")
        expect(goal["latest"]["period"] == "2023-10", "the newest figures are of October 2023")
        expect(abs(goal["latest"]["value"] - rate) < 0.05, f"the unemployment rate is {rate:.1f} %")
        told, path = goal["latest"]["value"], goal["expected"]
        expect(goal["standing"] == "off", "2 percentage points are more than the tolerance")
        await self._tell(
            f"Unemployment rate of Oulu {told:.1f} %, the goal's path {path:.1f} % ± "
            f"{goal['tolerance']:g} by version {goal['agreement']['version']}: off the path"
        )
