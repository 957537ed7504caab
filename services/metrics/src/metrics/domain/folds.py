"""From movements to values: what happened in each month, and how high a level stood at its end."""

from collections.abc import Iterator, Mapping

from metrics.domain.months import Month, month_at

Moved = Mapping[Month, float]


def months(moved: Moved, until: Month) -> Iterator[Month]:
    """Give each month from the first movement to the last one, and on to `until`."""
    last = max([*moved, until])
    return map(month_at, range(min(moved).ordinal, last.ordinal + 1)) if moved else iter(())


def flow(moved: Moved, until: Month) -> dict[Month, float]:
    """Give what happened in each month; 0 where nothing did since the first time."""
    return {month: moved.get(month, 0) for month in months(moved, until)}


def level(moved: Moved, until: Month) -> dict[Month, float]:
    """Give how high a level stood at the end of each month."""
    height = 0.0
    heights = {}
    for month in months(moved, until):
        height += moved.get(month, 0)
        heights[month] = height
    return heights
