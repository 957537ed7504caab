"""Measuring sides in turn, round by round, so that what disturbs one disturbs the other."""

import statistics
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from rich.console import Console

tell = partial(Console(stderr=True).print, markup=False, highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Figure:
    """What one round of one side came to: things each second, and CPU µs for each of them."""

    rate: float
    cpu: float = 0.0


Side = Callable[[], Awaitable[Figure]]


async def interleaved(bench: str, sides: Mapping[str, Side], rounds: int) -> dict[str, Figure]:
    """Measure each side once in each round, in an order that turns; give each side's medians."""
    found: dict[str, list[Figure]] = {name: [] for name in sides}
    for number in range(rounds):
        for name in turned(list(sides), number):
            figure = await sides[name]()
            found[name].append(figure)
            tell(f"{bench} {number + 1}/{rounds} {name}: {shown(figure)}")
    return {name: median(figures) for name, figures in found.items()}


def turned(names: list[str], by: int) -> list[str]:
    """Begin with another side each time."""
    begin = by % len(names)
    return names[begin:] + names[:begin]


def median(figures: list[Figure]) -> Figure:
    """Take the median of the rates, and of the CPU."""
    return Figure(
        statistics.median(figure.rate for figure in figures),
        statistics.median(figure.cpu for figure in figures),
    )


def shown(figure: Figure) -> str:
    """Write a figure for people."""
    return f"{figure.rate:,.0f}/s" + (f", {figure.cpu:,.0f} µs" if figure.cpu else "")
