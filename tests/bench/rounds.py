"""Measuring sides in turn, round by round, so that what disturbs one disturbs the other."""

import statistics
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from rich.console import Console

tell = partial(Console(stderr=True).print, markup=False, highlight=False, soft_wrap=True)

Figures = Mapping[str, float]  # what one round of one side came to, by name
Side = Callable[[], Awaitable[Figures]]


async def interleaved(bench: str, sides: Mapping[str, Side], rounds: int) -> dict[str, Figures]:
    """Measure each side once in each round, in an order that turns; give each side's medians."""
    found: dict[str, list[Figures]] = {name: [] for name in sides}
    for number in range(rounds):
        for name in turned(list(sides), number):
            figures = await sides[name]()
            found[name].append(figures)
            told = ", ".join(f"{value:,.0f} {unit}" for unit, value in figures.items())
            tell(f"{bench} {number + 1}/{rounds} {name}: {told}")
    return {name: medians(figures) for name, figures in found.items()}


def turned(names: list[str], by: int) -> list[str]:
    """Begin with another side each time."""
    begin = by % len(names)
    return names[begin:] + names[:begin]


def medians(rounds: list[Figures]) -> Figures:
    """Take the median of each figure."""
    return {name: statistics.median(figures[name] for figures in rounds) for name in rounds[0]}
