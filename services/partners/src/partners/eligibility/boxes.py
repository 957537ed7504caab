"""Sets of clients as boxes: for each column a set of its atoms, as bits of a number.

What a table says is a union of boxes; all questions about it (which rules overlap, what no rule
covers, what would help) are intersections and differences of boxes. Exact, without counting out.
"""

from collections.abc import Iterable, Sequence

Box = tuple[int, ...]

MOST_CUTS = 100_000  # some tenths of a second


class TooManyPieces(Exception):
    """A table falls into so many boxes that it takes more than `MOST_CUTS`."""


def meet(one: Box, other: Box) -> Box | None:
    """Give what two boxes share, if anything."""
    shared = tuple(a & b for a, b in zip(one, other, strict=True))
    return shared if all(shared) else None


def within(one: Box, other: Box) -> bool:
    """Say whether a box lies wholly in another."""
    return all(a & ~b == 0 for a, b in zip(one, other, strict=True))


def minus(box: Box, cut: Box) -> list[Box]:
    """Take one box out of another; what is left, as boxes that share nothing."""
    if meet(box, cut) is None:
        return [box]
    left, rest = [], list(box)
    for i, (mine, theirs) in enumerate(zip(box, cut, strict=True)):
        outside = mine & ~theirs
        if outside:
            left.append((*rest[:i], outside, *rest[i + 1 :]))
        rest[i] = mine & theirs
    return left


class Knife:
    """Takes boxes out of boxes, `MOST_CUTS` times at most: a table may not hold up the service."""

    def __init__(self) -> None:
        self._cuts = 0

    def without(self, boxes: Iterable[Box], cuts: Sequence[Box]) -> list[Box]:
        """Take many boxes out of many. Raises `TooManyPieces`."""
        left = list(boxes)
        for cut in cuts:
            self._cuts += len(left)
            if self._cuts > MOST_CUTS:
                raise TooManyPieces
            left = [piece for box in left for piece in minus(box, cut)]
        return left
